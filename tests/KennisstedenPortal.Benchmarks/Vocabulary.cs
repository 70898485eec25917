namespace KennisstedenPortal.Benchmarks;

/// <summary>
/// Dutch words in which few are frequent and most are rare, as in a real register: the n-th word comes up 1/n times as often
/// as the first. Most are compounds, since that is how Dutch makes its many words.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The most frequent words come first.</summary>
    private static readonly string[] Subjects =
    [
        "onderzoek", "innovatie", "technologie", "energie", "gezondheid", "data", "water", "onderwijs", "materialen", "voeding", "mobiliteit", "fotonica", "waterstof", "landbouw", "robotica",
        "klimaat", "veiligheid", "logistiek", "chemie", "biotechnologie", "software", "sensoren", "batterijen", "zorg", "bouw", "maritiem", "ruimtevaart", "halfgeleiders", "quantum", "recycling",
    ];

    private static readonly string[] Stems =
    [
        "water", "energie", "zorg", "bodem", "licht", "stof", "staal", "kunst", "bouw", "rivier", "haven", "lucht", "zonne", "wind", "warmte", "kern", "cel", "eiwit", "plant", "gewas", "zaad", "melk",
        "stad", "markt", "net", "meet", "reken", "beeld", "geluid", "trillings", "druk", "stroom", "laser", "vezel", "glas", "metaal", "poeder", "verf", "textiel", "papier", "hout", "vlas", "hennep",
        "klei", "zand", "kust", "dijk", "schip", "spoor", "weg", "vlieg", "drone", "satelliet", "signaal", "radio", "chip", "proces", "systeem", "keten", "kennis", "taal", "recht", "jeugd", "ouderen",
        "brein", "hart", "nier", "bloed", "huid", "oog", "gen", "virus", "vaccin", "dier", "vis", "bij", "insecten", "kas", "akker", "mest", "afval", "slib", "gas", "olie", "biomassa", "opslag",
    ];

    private static readonly string[] Heads =
    [
        "techniek", "analyse", "beheer", "simulatie", "productie", "verwerking", "meting", "modellering", "zuivering", "koeling", "besturing", "veiligheid", "kwaliteit", "ontwerp", "opslag", "winning",
        "bewaking", "reiniging", "optimalisatie", "herkenning", "coating", "scheiding", "winst", "transport", "verkeer", "opwekking", "distributie", "conversie", "diagnostiek", "therapie", "preventie",
        "training", "advies", "certificering", "normering", "visualisatie", "integratie", "fabricage", "bewerking", "toepassing", "structuur", "dynamica", "chemie", "fysica", "economie", "ethiek", "beleid",
        "cultuur", "historie", "planning", "wetenschap", "keuring", "proef", "sensor", "robot", "motor", "pomp", "filter", "reactor", "scanner", "camera", "printer", "robotica", "logistiek",
    ];

    private readonly string[] _words;
    private readonly double[] _upTo;

    public Vocabulary()
    {
        var compounds = Stems.SelectMany(s => Heads.Select(h => s + h)).Distinct(StringComparer.Ordinal).ToArray();
        // In an order of its own, the same every time: else the frequent compounds would all begin alike.
        new Random(7).Shuffle(compounds);
        _words = [.. Subjects, .. compounds];
        _upTo = new double[_words.Length];
        for (var (i, sum) = (0, 0.0); i < _words.Length; i++) _upTo[i] = sum += 1.0 / (i + 1);
    }

    /// <summary>The word at a rank: 0 is the most frequent.</summary>
    public string At(int rank) => _words[rank];
    public int Count => _words.Length;

    public string Draw(Random random) => _words[Rank(random, _upTo)];

    /// <summary>A number below <paramref name="count"/>, small ones far more often.</summary>
    public int Skewed(Random random, int count) => Rank(random, _upTo.AsSpan(0, count));

    private static int Rank(Random random, ReadOnlySpan<double> upTo)
    {
        var at = upTo.BinarySearch(random.NextDouble() * upTo[^1]);
        return Math.Min(at < 0 ? ~at : at, upTo.Length - 1);
    }
}
