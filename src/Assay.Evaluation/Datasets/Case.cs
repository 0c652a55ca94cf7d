using System.Collections.Frozen;

namespace Assay.Evaluation.Datasets;

/// <summary>One question of a dataset, with what is known of its answer.</summary>
/// <param name="Id">Its name, unique in the dataset; at most 200 characters.</param>
/// <param name="Input">What the target is asked.</param>
public sealed record Case(string Id, string Input)
{
    /// <summary>The reference answer; null when there is none.</summary>
    public string? Expected { get; init; }

    /// <summary>Passages that the answer should rest on, best first; empty when there are none.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Ids of documents that answer the input, with their grade (above 0 is relevant), for ranking metrics; empty when not judged.</summary>
    public IReadOnlyDictionary<string, double> Relevant { get; init; } = FrozenDictionary<string, double>.Empty;

    /// <summary>Cases of one cluster share a source (a channel, a document): their results are not independent. Null: the case is its own cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Labels to select and split by; empty when there are none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Further input fields by name, for prompts that ask for more than <c>input</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = FrozenDictionary<string, string>.Empty;
}
