using Assay.Catalogs;

namespace Assay.Evaluation.Prompts;

/// <summary>A file of <c>catalog/prompts</c>, as it is written.</summary>
internal sealed class PromptFile : CatalogEntry
{
    public string Name { get; set; } = "";

    public int Version { get; set; }

    public string Description { get; set; } = "";

    public string Language { get; set; } = "en";

    public string Model { get; set; } = "";

    public PromptParameters? Parameters { get; set; }

    public List<string?>? Inputs { get; set; }

    public string System { get; set; } = "";

    public string User { get; set; } = "";
}

/// <summary>How the model is asked to answer; what is left out is the model's own.</summary>
internal sealed class PromptParameters : CatalogEntry
{
    public float? Temperature { get; set; }

    public float? TopP { get; set; }

    public int? MaxOutputTokens { get; set; }
}
