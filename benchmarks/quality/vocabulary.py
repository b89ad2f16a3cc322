"""Which words do the departments of a town use? Made up, in the manner of real budget papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A measure: its name, who gets the money ("" for the town itself), account group and usual size in EUR."""

    name: str
    payee: str
    account: int
    size: int


@dataclass(frozen=True)
class Department:
    """An office: its name, its product (Baden-Württemberg), groups of measures, jobs and performance figures."""

    name: str
    short: str
    office: str
    product: str
    product_name: str
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    jobs: tuple[str, ...]
    figures: tuple[tuple[str, str, tuple[str, ...]], ...]  # name, unit, parts that make up the whole

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All measures, group after group."""
        return tuple(entry for _, entries in self.groups for entry in entries)


ACCOUNTS = {
    40: "Personalaufwendungen",
    42: "Aufwendungen für Sach- und Dienstleistungen",
    43: "Transferaufwendungen",
    44: "Sonstige ordentliche Aufwendungen",
}


def _entries(text: str) -> tuple[Entry, ...]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(Entry(name.strip(), payee.strip(), int(account), int(size)) for name, payee, account, size in rows)


DEPARTMENTS = (
    Department(
        "Jugendamt",
        "Jugend",
        "510",
        "36.20",
        "Allgemeine Förderung junger Menschen",
        (
            (
                "Offene Kinder- und Jugendarbeit",
                _entries(
                    """
                Jugendhaus Nordwind|Stadtjugendring e. V.|43|240000
                Abenteuerspielplatz Wiesengrund|Verein Aktivspielplatz e. V.|43|118000
                Mobile Jugendarbeit Innenstadt|Evangelische Gesellschaft|43|186000
                Mitternachtssport|Sportverein 1899 e. V.|43|14000
                Mädchenwerkstatt|Frauen helfen Mädchen e. V.|43|52000
                Ferienprogramm im Sommer||42|38500"""
                ),
            ),
            (
                "Frühe Hilfen und Familien",
                _entries(
                    """
                Familienzentrum Ostend|Arbeiterwohlfahrt Kreisverband|43|96000
                Elterncafé und Krabbelgruppen|Deutscher Kinderschutzbund|43|21000
                Familienpaten|Malteser Hilfsdienst e. V.|43|17500
                Willkommensbesuche bei Neugeborenen||42|44000
                Erziehungsberatung in den Stadtteilen|Caritasverband|43|132000"""
                ),
            ),
            (
                "Übergang Schule und Beruf",
                _entries(
                    """
                Ausbildungslotsen|Kreishandwerkerschaft|43|74000
                Jugendberufshilfe|Internationaler Bund|43|158000
                Bewerbungstraining|Volkshochschule e. V.|43|9800
                Fachtag Berufsorientierung||44|6500"""
                ),
            ),
        ),
        ("Sozialpädagogin mobile Jugendarbeit", "Jugendgerichtshilfe", "Verwaltungskraft Kita-Portal"),
        (
            ("Besucherinnen und Besucher", "Personen", ("weiblich", "männlich")),
            ("Beratungen", "Gespräche", ("Erstberatung", "Folgeberatung")),
        ),
    ),
    Department(
        "Amt für Soziales und Teilhabe",
        "Soziales",
        "500",
        "31.60",
        "Sonstige Förderung von Trägern der Wohlfahrtspflege",
        (
            (
                "Wohnungslosenhilfe",
                _entries(
                    """
                Tagesstätte Bahnhofstraße|Caritasverband|43|172000
                Notübernachtung im Winter|Deutsches Rotes Kreuz|43|88000
                Streetwork für Erwachsene|Diakonisches Werk|43|64500
                Medizinische Ambulanz|Ärzte der Welt e. V.|43|31000"""
                ),
            ),
            (
                "Altenhilfe",
                _entries(
                    """
                Begegnungsstätte Lindenhof|Arbeiterwohlfahrt Kreisverband|43|57000
                Seniorenbüro|Stadtseniorenrat e. V.|43|29500
                Pflegestützpunkt||42|83000
                Besuchsdienst Lichtblick|Johanniter-Unfall-Hilfe|43|12400
                Demenzlotsinnen|Alzheimer Gesellschaft|43|46000"""
                ),
            ),
            (
                "Teilhabe und Inklusion",
                _entries(
                    """
                Schuldnerberatung|Diakonisches Werk|43|214000
                Frauenhaus|Frauen helfen Frauen e. V.|43|268000
                Begleiteter Umgang|Pro Familia|43|35000
                Fahrdienst für Menschen mit Behinderung|Deutsches Rotes Kreuz|43|109000
                Inklusionstage||44|8200"""
                ),
            ),
        ),
        ("Fallmanagement Teilhabe", "Pflegeberatung", "Sachbearbeitung Wohngeld", "Sozialdienst Unterkünfte"),
        (
            ("Übernachtungen", "Nächte", ("Männer", "Frauen")),
            ("Beratene Haushalte", "Haushalte", ("mit Kindern", "ohne Kinder")),
        ),
    ),
    Department(
        "Kulturamt",
        "Kultur",
        "410",
        "26.20",
        "Musikpflege",
        (
            (
                "Musik und Theater",
                _entries(
                    """
                Kammerorchester|Kammerorchester e. V.|43|312000
                Kellertheater am Markt|Theater im Keller gGmbH|43|124000
                Jazzclub|Jazz-Initiative e. V.|43|18500
                Kinder- und Jugendtheater|Junge Bühne e. V.|43|201000
                Chorförderung|Sängerkreis|43|9500"""
                ),
            ),
            (
                "Bildende Kunst und Film",
                _entries(
                    """
                Kunstverein|Kunstverein e. V.|43|78000
                Atelierförderung||42|41000
                Kommunales Kino|Filmclub e. V.|43|59000
                Stadtgalerie, Ausstellungsetat||42|93000"""
                ),
            ),
            (
                "Feste und Erinnerung",
                _entries(
                    """
                Kulturnacht||42|67000
                Straßenmusikfestival||42|44500
                Stolpersteine und Gedenkorte|Geschichtswerkstatt e. V.|43|7200
                Stadtteilkultur|Bürgerhausverein e. V.|43|26000
                Literaturtage||42|15800"""
                ),
            ),
        ),
        ("Veranstaltungstechnik", "Museumspädagogik", "Archivdienst"),
        (
            ("Vorstellungen", "Vorstellungen", ("Abendspielplan", "Schulvorstellungen")),
            ("Eintritte", "Personen", ("ermäßigt", "Vollpreis")),
        ),
    ),
    Department(
        "Amt für Sport und Bewegung",
        "Sport",
        "520",
        "42.10",
        "Förderung des Sports",
        (
            (
                "Vereinsförderung",
                _entries(
                    """
                Übungsleiterzuschüsse|Sportvereine|43|285000
                Jugendförderung im Sport|Sportkreis e. V.|43|142000
                Zuschüsse zur Hallenmiete|Sportvereine|43|63000
                Leistungszentrum Turnen|Turngau e. V.|43|54000
                Rollstuhlbasketball|RSV 1975 e. V.|43|12500"""
                ),
            ),
            (
                "Sportstätten",
                _entries(
                    """
                Unterhaltung Kunstrasenplätze||42|168000
                Platzwarte in Vereinshand|Sportvereine|43|97000
                Prüfung der Sportgeräte||42|23500
                Beleuchtung Waldlaufbahn||42|11800"""
                ),
            ),
            (
                "Veranstaltungen",
                _entries(
                    """
                Stadtlauf|Leichtathletik-Gemeinschaft|43|19000
                Sportlerehrung||44|16400
                Schwimmen lernen für alle|DLRG Ortsgruppe|43|36500
                Sport im Park||42|28700"""
                ),
            ),
        ),
        ("Bädertechnik", "Fachangestellte für Bäderbetriebe", "Sportentwicklung"),
        (
            ("Badegäste", "Personen", ("Erwachsene", "Kinder und Jugendliche")),
            ("Belegte Hallenstunden", "Stunden", ("Schulen", "Vereine")),
        ),
    ),
    Department(
        "Tiefbauamt",
        "Tiefbau",
        "660",
        "54.10",
        "Gemeindestraßen",
        (
            (
                "Straßen und Plätze",
                _entries(
                    """
                Deckenprogramm Ortsstraßen||42|820000
                Fahrbahnmarkierung||42|146000
                Winterdienst durch Dritte||42|390000
                Unterhaltung Wirtschaftswege||42|118000
                Straßenreinigung Innenstadt||42|264000"""
                ),
            ),
            (
                "Brücken und Stützmauern",
                _entries(
                    """
                Brückenprüfungen nach DIN 1076||42|95000
                Sanierung Stützmauer Schlossberg||42|210000
                Instandsetzung Fußgängersteg Aue||42|72000"""
                ),
            ),
            (
                "Beleuchtung und Signale",
                _entries(
                    """
                Strom für Straßenbeleuchtung||42|540000
                Wartung Lichtsignalanlagen||42|183000
                LED-Umrüstung Wohngebiete||42|156000
                Verkehrszählungen||44|24000
                Parkleitsystem, Pflege||42|47500"""
                ),
            ),
        ),
        ("Bauleitung Straßenbau", "Straßenwärter", "Brückenprüfung"),
        (
            ("Unterhaltene Fahrbahn", "km", ("Hauptstraßen", "Nebenstraßen")),
            ("Leuchten", "Stück", ("LED", "konventionell")),
        ),
    ),
    Department(
        "Schulverwaltungsamt",
        "Schulen",
        "400",
        "21.10",
        "Allgemeinbildende Schulen",
        (
            (
                "Ganztag",
                _entries(
                    """
                Ganztagsbetreuung Grundschulen|Freie Träger|43|640000
                Mittagessen, Zuschuss je Essen|Schulverpflegung eG|43|215000
                Hausaufgabenbetreuung|Schulfördervereine|43|48000
                Ferienbetreuung|Freie Träger|43|126000"""
                ),
            ),
            (
                "Ausstattung",
                _entries(
                    """
                Lernmittel||42|388000
                Schulmöbel||42|175000
                Sportgeräte in Schulturnhallen||42|39500
                Wartung der Schul-IT||42|152000
                Musikinstrumente||42|13600"""
                ),
            ),
            (
                "Schülerbeförderung und Schulleben",
                _entries(
                    """
                Schülerbeförderung||44|470000
                Schwimmunterricht, Fahrten||42|58000
                Schulsozialarbeit|Jugendhilfe Mitte gGmbH|43|336000
                Lesepaten|Bürgerstiftung|43|8900"""
                ),
            ),
        ),
        ("Schulsekretariat", "Hausmeisterdienst", "Schulsozialarbeit"),
        (
            ("Schülerinnen und Schüler", "Personen", ("Grundschule", "weiterführende Schulen")),
            ("Ausgegebene Essen", "Essen", ("mit Bonuscard", "ohne Bonuscard")),
        ),
    ),
    Department(
        "Stabsstelle Klimaschutz",
        "Klimaschutz",
        "030",
        "56.10",
        "Umweltschutzmaßnahmen",
        (
            (
                "Energie und Gebäude",
                _entries(
                    """
                Förderprogramm Balkonsolar|Private Haushalte|43|125000
                Energieberatung der Verbraucherzentrale|Verbraucherzentrale|43|42500
                Energiemonitoring Rathaus||42|28000
                Kommunale Wärmeplanung, Gutachten||44|94000
                Heizungs-Check|Handwerkskammer|43|33000"""
                ),
            ),
            (
                "Mobilität",
                _entries(
                    """
                Lastenradförderung|Private Haushalte|43|61000
                Stadtradeln||42|9400
                Mobilitätsstationen, Betrieb||42|87000
                Jobrad-Kampagne||44|7300"""
                ),
            ),
            (
                "Klimaanpassung",
                _entries(
                    """
                Hitzeaktionsplan||42|36000
                Entsiegelung von Höfen|Hauseigentümer|43|78500
                Trinkbrunnen, Unterhalt||42|19200
                Baumpatenschaften|BUND Ortsgruppe|43|11000"""
                ),
            ),
        ),
        ("Klimaschutzmanagement", "Energiecontrolling"),
        (
            ("Geförderte Anlagen", "Stück", ("Balkonsolar", "Dachanlagen")),
            ("Beratungen", "Beratungen", ("vor Ort", "telefonisch")),
        ),
    ),
    Department(
        "Amt für Digitalisierung und IT",
        "IT",
        "170",
        "11.26",
        "Zentrale Dienstleistungen",
        (
            (
                "Fachverfahren",
                _entries(
                    """
                Pflege Einwohnerverfahren||42|134000
                Softwarepflege Bauakte||42|71000
                Dokumentenmanagement, Wartung||42|162000
                Sitzungsdienst, Lizenzen||42|26500
                Geodatenportal||42|54000"""
                ),
            ),
            (
                "Infrastruktur",
                _entries(
                    """
                Leitungskosten Außenstellen||44|118000
                Rechenzentrum, Betriebsumlage|Zweckverband IT|43|486000
                Ersatz Arbeitsplatzrechner||42|203000
                Telefonie||44|89000"""
                ),
            ),
            (
                "Digitale Stadt",
                _entries(
                    """
                Offenes WLAN in der Innenstadt||42|32000
                Digitalbotschafter|Volkshochschule e. V.|43|14500
                Onlinezugang Bürgerdienste||42|98000
                Informationssicherheit, Audit||44|45000"""
                ),
            ),
        ),
        ("Systemadministration", "Anwendungsbetreuung", "Informationssicherheitsbeauftragter"),
        (
            ("Betreute Arbeitsplätze", "Geräte", ("Notebooks", "stationär")),
            ("Tickets", "Tickets", ("telefonisch", "Portal")),
        ),
    ),
    Department(
        "Feuerwehr und Bevölkerungsschutz",
        "Feuerwehr",
        "370",
        "12.60",
        "Brandschutz",
        (
            (
                "Einsatzdienst",
                _entries(
                    """
                Entschädigungen Freiwillige Feuerwehr||44|186000
                Dienst- und Schutzkleidung||42|124000
                Atemschutzwerkstatt||42|58500
                Kraftstoffe||42|67000"""
                ),
            ),
            (
                "Ausbildung und Jugend",
                _entries(
                    """
                Lehrgänge an der Landesfeuerwehrschule||42|41000
                Jugendfeuerwehr|Feuerwehrverband|43|16500
                Brandschutzerziehung||42|7800
                Führerscheinzuschüsse|Mitglieder der Wehr|43|22000"""
                ),
            ),
            (
                "Bevölkerungsschutz",
                _entries(
                    """
                Sirenennetz, Wartung||42|48000
                Notfalltreffpunkte||42|35500
                Zuschuss Wasserrettung|DLRG Ortsgruppe|43|27500
                Rettungshundestaffel|Arbeiter-Samariter-Bund|43|9200
                Prüfung Notstromaggregate||42|18300"""
                ),
            ),
        ),
        ("Gerätewart", "Leitstellendisposition", "Brandschutzprüfung"),
        (
            ("Einsätze", "Einsätze", ("Brand", "technische Hilfe")),
            ("Ausbildungsstunden", "Stunden", ("Grundausbildung", "Fortbildung")),
        ),
    ),
    Department(
        "Garten- und Friedhofsamt",
        "Grünflächen",
        "670",
        "55.10",
        "Öffentliches Grün",
        (
            (
                "Parkanlagen",
                _entries(
                    """
                Pflege Stadtpark durch Dritte||42|276000
                Wechselflor||42|52500
                Brunnen, Unterhalt||42|84000
                Urban Gardening|Grüne Nachbarn e. V.|43|10500"""
                ),
            ),
            (
                "Spielflächen",
                _entries(
                    """
                Spielplatzkontrolle||42|63000
                Ersatz von Spielgeräten||42|138000
                Sandwechsel||42|29500
                Spielplatzpaten|Kinderfreunde e. V.|43|6800"""
                ),
            ),
            (
                "Bäume",
                _entries(
                    """
                Baumkontrolle und Kataster||42|112000
                Nachpflanzungen||42|94500
                Eichenprozessionsspinner||42|37000
                Obstbaumpflege|Streuobstinitiative|43|13200"""
                ),
            ),
        ),
        ("Gärtnerkolonne", "Baumkontrolle", "Friedhofsverwaltung"),
        (
            ("Gepflegte Fläche", "ha", ("eigene Kräfte", "Firmen")),
            ("Bäume im Kataster", "Stück", ("Straßenbäume", "Anlagenbäume")),
        ),
    ),
    Department(
        "Referat für Integration",
        "Integration",
        "507",
        "31.30",
        "Hilfen für Flüchtlinge und Aussiedler",
        (
            (
                "Sprache",
                _entries(
                    """
                Sprachkurse für Frauen|Volkshochschule e. V.|43|86000
                Dolmetscherpool|Interkulturelles Netzwerk e. V.|43|72500
                Sprachmittlung an Schulen|Caritasverband|43|39000
                Alphabetisierung|Internationaler Bund|43|51000"""
                ),
            ),
            (
                "Ankommen",
                _entries(
                    """
                Integrationslotsen|Freiwilligenagentur|43|66000
                Begegnungscafé|Freundeskreis Asyl e. V.|43|15500
                Wohnraumakquise|Diakonisches Werk|43|58000
                Psychosoziale Beratung|Refugium e. V.|43|143000"""
                ),
            ),
            (
                "Teilhabe",
                _entries(
                    """
                Vielfalt im Verein|Sportkreis e. V.|43|24500
                Einbürgerungsfeier||44|5600
                Antirassismus-Training|Netzwerk Courage e. V.|43|18900
                Interkulturelle Woche||42|21400"""
                ),
            ),
        ),
        ("Integrationsmanagement", "Flüchtlingssozialarbeit", "Koordination Sprache"),
        (
            ("Teilnehmende", "Personen", ("Frauen", "Männer")),
            ("Vermittelte Einsätze", "Einsätze", ("Behörden", "Gesundheit")),
        ),
    ),
    Department(
        "Stadtbibliothek",
        "Bibliothek",
        "450",
        "27.20",
        "Bibliotheken",
        (
            (
                "Bestand",
                _entries(
                    """
                Medienetat Hauptstelle||42|232000
                Medienetat Zweigstellen||42|121000
                Onleihe, Verbundbeitrag|Bibliotheksverbund|43|34500
                Zeitschriften||42|18600"""
                ),
            ),
            (
                "Programm",
                _entries(
                    """
                Leseförderung|Stiftung Lesen e. V.|43|16200
                Autorenlesungen||42|12900
                Makerspace||42|27000
                Vorlesepaten|Förderverein e. V.|43|5400"""
                ),
            ),
            (
                "Betrieb",
                _entries(
                    """
                Selbstverbuchung, Wartung||42|43500
                Bücherbus, Betrieb||42|68000
                Reinigung Zweigstellen||42|57500
                Porto und Mahnwesen||44|11300"""
                ),
            ),
        ),
        ("Fachangestellte für Medien", "Bücherbusteam"),
        (
            ("Entleihungen", "Medien", ("physisch", "digital")),
            ("Aktive Lesende", "Personen", ("Erwachsene", "Kinder")),
        ),
    ),
)

TOWNS = ("Neuenrode", "Stadt Altenberg", "Lindach", "Große Kreisstadt Weilingen", "Hohenfurt", "Stadt Marbeck")
TOTALS = ("Summe", "Gesamt", "Gesamtsumme", "Summe Aufwendungen", "Finanzbedarf", "Insgesamt", "Summe gesamt")
SUBTOTALS = ("Zwischensumme {group}", "Summe {group}", "{group} gesamt", "Zwischensumme")
MORE_TOTALS = (
    "Gesamtbetrag", "Endsumme", "Σ", "Summe Teilhaushalt {office}", "Total", "Summe der Maßnahmen",
    "Summe THH {office}", "Gesamtaufwendungen", "Insgesamt:", "SUMME",
)  # fmt: skip
MORE_SUBTOTALS = ("Teilsumme {group}", "Summe: {group}", "Σ {group}", "Zwischensumme:", "Gesamt {group}")
# What a town calls its kinds of figures.
KINDS: tuple[dict[str, str], ...] = (
    {}, {}, {}, {},
    {"Ist": "RE", "Ansatz": "HH-Ansatz", "Plan": "Finanzplan"},
    {"Ist": "Rechnungsergebnis", "Ansatz": "Haushaltsansatz", "Plan": "Mittelfristplanung"},
    {"Ist": "vorl. Ergebnis", "Ansatz": "VA", "Plan": "Planjahr"},
    {"Ist": "Jahresrechnung", "Ansatz": "Soll", "Plan": "Finanzplanung"},
    {"Ist": "Actual", "Ansatz": "Budget", "Plan": "Forecast"},
)  # fmt: skip
NAME_HEADS = (
    "Maßnahme", "Maßnahme/Angebot", "Bezeichnung", "Maßnahme/Kontengr.", "Angebot", "Maßnahme/Zweck", "Vorhaben",
    "Projekt", "Förderzweck", "Leistung", "Gegenstand",
)  # fmt: skip
PAYEE_HEADS = ("Träger", "Zuwendungsempfänger", "Empfänger", "Antragsteller", "Verein/Träger", "Zuschussempfänger")
NUMBER_HEADS = ("Nr.", "Lfd. Nr.", "lfd. Nr.", "Pos.", "Ziffer")
REMARK_HEADS = ("Bemerkung", "Erläuterung", "Begründung", "Anmerkung", "Hinweis")
REMARKS = (
    "wie Vorjahr",
    "Tarifsteigerung eingerechnet",
    "Vertrag vom 14.03.2019, kündbar zum Jahresende",
    "GRDrs 211/2023",
    "freiwillige Leistung",
    "Fortführung beschlossen",
    "siehe Anlage 2",
)
ROW_TOTALS = (
    "Summe", "Gesamt", "Summe {first}–{last}", "Gesamt {first} bis {last}", "Gesamtbetrag", "Summe {first}-{last}",
    "Insgesamt",
)  # fmt: skip
COVER_LINES = (
    "Anmeldung zum Haushaltsplan",
    "Bitte nur die gelb hinterlegten Felder ausfüllen.",
    "Rückfragen an die Kämmerei, Tel. 07000 216-4711",
    "Abgabe bis 30. Juni",
    "Stand der Bearbeitung: Entwurf der Verwaltung",
)
NOTES = (
    "Stand: Anmeldung des Fachamts",
    "Beträge sind Jahresbeträge.",
    "Änderungen gegenüber der ersten Lesung sind farbig hinterlegt.",
    "Die Ansätze stehen unter dem Vorbehalt der Beschlussfassung.",
    "Quelle: Rechnungsergebnis und eigene Hochrechnung",
)
