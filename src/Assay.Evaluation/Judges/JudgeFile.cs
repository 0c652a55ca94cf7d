using Assay.Catalogs;

namespace Assay.Evaluation.Judges;

/// <summary>A judge of <c>catalog/judges</c>, as it is written.</summary>
internal sealed class JudgeFile : CatalogEntry
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Description { get; set; } = "";

    public string? Prompt { get; set; }

    public List<string?>? Prompts { get; set; }

    public string Model { get; set; } = "";

    public string Endpoint { get; set; } = "";

    public string KeyVariable { get; set; } = "";

    public string Output { get; set; } = "";

    public double? Threshold { get; set; }

    public List<LevelFile?>? Scale { get; set; }

    public List<string?>? Members { get; set; }

    public string Rule { get; set; } = "";

    /// <summary>The keys that only some kinds have, and whether each is given.</summary>
    public IEnumerable<(string Key, bool Given)> KeysOfKinds() =>
        [
            ("prompts", Prompt is not null || Prompts is not null),
            ("model", Model.Length > 0),
            ("endpoint", Endpoint.Length > 0),
            ("keyVariable", KeyVariable.Length > 0),
            ("output", Output.Length > 0),
            ("scale", Scale is not null),
            ("members", Members is not null),
            ("rule", Rule.Length > 0),
        ];
}

/// <summary>A word of a scale.</summary>
internal sealed class LevelFile : CatalogEntry
{
    public string Name { get; set; } = "";

    public double? Score { get; set; }

    public Dictionary<string, string>? Means { get; set; }
}
