"""What must follow when rows or columns are inserted into a workbook or deleted from it?"""
