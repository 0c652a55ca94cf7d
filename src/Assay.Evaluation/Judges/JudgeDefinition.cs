using Assay.Catalogs;

namespace Assay.Evaluation.Judges;

/// <summary>What kind of judge.</summary>
public enum JudgeKind
{
    /// <summary>Scores one answer by a prompt.</summary>
    Rubric,

    /// <summary>Compares two answers by a prompt, in both orders.</summary>
    Pairwise,

    /// <summary>Several judges of single answers.</summary>
    Panel,

    /// <summary>Rules without a model.</summary>
    Offline,
}

/// <summary>A judge as its catalog file states it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
public sealed record JudgeDefinition(string Name, JudgeKind Kind)
{
    /// <summary>What it is for; empty when not said.</summary>
    public string Description { get; init; } = "";

    /// <summary>References of its prompts, <c>name@version</c>: one for each language, or one for all. Empty for panels and offline judges.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>The model; empty when whoever runs it names one.</summary>
    public string Model { get; init; } = "";

    /// <summary>The address of its endpoint; null when whoever runs it names one.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The environment variable that holds the key; empty when whoever runs it names one, or none is needed.</summary>
    public string KeyVariable { get; init; } = "";

    /// <summary>How the model is told to answer in JSON: <c>schema</c> (the default), <c>object</c> or <c>text</c>.</summary>
    public string Output { get; init; } = "schema";

    /// <summary>The score from which an answer is good, 0 to 1. The judge's own opinion on that is never asked. The default is 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>How a rubric judge says its score.</summary>
    public JudgeScale Scale { get; init; } = JudgeScale.Number;

    /// <summary>Names of the members of a panel.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>How a panel comes to one score. The default is the mean.</summary>
    public PanelRule Rule { get; init; } = PanelRule.Mean;

    /// <summary>Where it stands.</summary>
    public CatalogPlace Place { get; init; } = CatalogPlace.Nowhere;

    /// <summary>Whether it asks a model itself.</summary>
    public bool AsksModel => Kind is JudgeKind.Rubric or JudgeKind.Pairwise;

    /// <summary>Whether a judgement is good: its score reaches <see cref="Threshold"/>. Null when there is no score.</summary>
    public bool? Passes(Judgement judgement) => judgement.Score is { } score ? score >= Threshold : null;
}
