using Assay.Catalogs;

namespace Assay.Evaluation.Metrics;

/// <summary>
/// A metric as a benchmark file asks for it. Every kind takes a few of the settings; one that it does not take is an error. A setting that is
/// left out has the default of its kind.
/// </summary>
internal sealed class MetricEntry : CatalogEntry
{
    /// <summary>Its name in reports and gates; the kind when left out.</summary>
    public string? Name { get; set; }

    /// <summary>What it measures, one of <see cref="MetricCatalog.Kinds"/>; the name when left out.</summary>
    public string? Kind { get; set; }

    /// <summary>exact, contains, regex, chrf: whether capitals count for nothing.</summary>
    public bool? IgnoreCase { get; set; }

    /// <summary>exact, contains: whether any run of white space counts as one space and none at the ends.</summary>
    public bool? IgnoreSpace { get; set; }

    /// <summary>exact, contains: whether ё counts as е.</summary>
    public bool? IgnoreYo { get; set; }

    /// <summary>exact: whether punctuation counts for nothing.</summary>
    public bool? IgnorePunctuation { get; set; }

    /// <summary>regex: the pattern.</summary>
    public string? Pattern { get; set; }

    /// <summary>contains: the texts that are looked for; the expected answer when left out.</summary>
    public List<string>? Texts { get; set; }

    /// <summary>contains: <c>all</c>, <c>any</c> or <c>share</c>.</summary>
    public string? Require { get; set; }

    /// <summary>regex, contains: whether the answer is good when nothing is found.</summary>
    public bool? Absent { get; set; }

    /// <summary>json_schema: the file of the schema, relative to the benchmark's file.</summary>
    public string? Schema { get; set; }

    /// <summary>json_schema: whether a Markdown fence around the JSON is taken off.</summary>
    public bool? AllowFence { get; set; }

    /// <summary>numeric: how far the number may be from the expected one.</summary>
    public double? AbsoluteTolerance { get; set; }

    /// <summary>numeric: how far, as a share of the expected one.</summary>
    public double? RelativeTolerance { get; set; }

    /// <summary>numeric: <c>first</c>, <c>last</c> or <c>any</c> of the answer's numbers.</summary>
    public string? Pick { get; set; }

    /// <summary>numeric: <c>ru</c>, <c>en</c>; the language of each text when left out. Judged metrics: the language of the prompt.</summary>
    public string? Language { get; set; }

    /// <summary>rouge: <c>f1</c>, <c>precision</c> or <c>recall</c>.</summary>
    public string? Statistic { get; set; }

    /// <summary>rouge: whether words are compared by their stems.</summary>
    public bool? Stem { get; set; }

    /// <summary>chrf: the longest run of characters, 1 to 10.</summary>
    public int? CharacterOrder { get; set; }

    /// <summary>chrf: the longest run of words, 0 to 4; 2 is chrF++.</summary>
    public int? WordOrder { get; set; }

    /// <summary>chrf: how much more recall counts than precision.</summary>
    public double? Beta { get; set; }

    /// <summary>Ranking metrics: how many of the retrieved documents count, 1 to 1,000.</summary>
    public int? K { get; set; }

    /// <summary>Judged metrics: <c>name@version</c> of a prompt of the catalog in place of the built-in one.</summary>
    public string? Prompt { get; set; }

    /// <summary>Judged metrics: how the model is told to answer in JSON: <c>schema</c>, <c>object</c> or <c>text</c>.</summary>
    public string? Output { get; set; }

    /// <summary>judge: the judge's name.</summary>
    public string? Judge { get; set; }

    /// <summary>The name in reports.</summary>
    internal string ShownName => Name ?? Kind ?? "";

    /// <summary>The kind, given or taken from the name.</summary>
    internal string KindName => Kind ?? Name ?? "";

    /// <summary>The settings that were given, by their keys in the file.</summary>
    internal IEnumerable<string> Given() => Settings().Where(setting => setting.Value is not null).Select(setting => setting.Key);

    /// <summary>One of the words that a setting takes.</summary>
    /// <exception cref="AssayException">It is another word (exit code 2, file and line named).</exception>
    internal string OneOf(string key, string? given, params ReadOnlySpan<string> words)
    {
        if (given is null)
        {
            return words[0];
        }

        return words.Contains(given) ? given : throw Place.Error($"'{key}: {given}' is not known.", $"Write one of: {string.Join(", ", words.ToArray())}.");
    }

    /// <summary>A number within its range.</summary>
    /// <exception cref="AssayException">It lies outside (exit code 2, file and line named).</exception>
    internal double Within(string key, double? given, double standard, double low, double high)
    {
        var value = given ?? standard;
        return value >= low && value <= high ? value : throw Place.Error($"'{key}: {value}' is out of range.", $"Write a number from {low} to {high}.");
    }

    private IEnumerable<(string Key, object? Value)> Settings() =>
        [
            ("ignoreCase", IgnoreCase),
            ("ignoreSpace", IgnoreSpace),
            ("ignoreYo", IgnoreYo),
            ("ignorePunctuation", IgnorePunctuation),
            ("pattern", Pattern),
            ("texts", Texts),
            ("require", Require),
            ("absent", Absent),
            ("schema", Schema),
            ("allowFence", AllowFence),
            ("absoluteTolerance", AbsoluteTolerance),
            ("relativeTolerance", RelativeTolerance),
            ("pick", Pick),
            ("language", Language),
            ("statistic", Statistic),
            ("stem", Stem),
            ("characterOrder", CharacterOrder),
            ("wordOrder", WordOrder),
            ("beta", Beta),
            ("k", K),
            ("prompt", Prompt),
            ("output", Output),
            ("judge", Judge),
        ];
}
