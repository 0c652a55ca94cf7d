namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>An answer, or two answers, that people judged.</summary>
/// <param name="Id">Its name, unique in the file.</param>
/// <param name="Input">What was asked.</param>
/// <param name="Labels">
/// What each annotator said, in the same order for every item; null where one did not judge it. For an answer a grade, more is better; for a pair below 0
/// when A is better, above 0 when B is, 0 for a tie.
/// </param>
public sealed record LabelledItem(string Id, string Input, IReadOnlyList<double?> Labels)
{
    /// <summary>The answer, or the first of two.</summary>
    public required string A { get; init; }

    /// <summary>The second answer; null for a single one.</summary>
    public string? B { get; init; }

    /// <summary>The reference answer; null when there is none.</summary>
    public string? Expected { get; init; }

    /// <summary>The passages that answers rest on; empty when there are none.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary><c>en</c> or <c>ru</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Items of one cluster share a source and are not independent; null: the item is its own cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Agreement is also told for each group; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>The labels that were given.</summary>
    internal IEnumerable<double> Given => Labels.Where(label => label is not null).Select(label => label!.Value);

    /// <summary>The length of the answer in characters; for a pair how much longer B is than A.</summary>
    internal double Length => B is null ? A.Length : B.Length - A.Length;
}

/// <summary>Items that people judged: all single answers, or all pairs.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Hash">SHA-256 of its content, 64 hexadecimal digits.</param>
/// <param name="Items">The items; one at least.</param>
public sealed record LabelSet(string Name, string Hash, IReadOnlyList<LabelledItem> Items)
{
    /// <summary>The most items.</summary>
    public const int MaxItems = 200_000;

    /// <summary>The most annotators.</summary>
    public const int MaxAnnotators = 20;

    /// <summary>Whether the items are pairs.</summary>
    public bool IsPairs => Items[0].B is not null;

    /// <summary>How many people judged.</summary>
    public int Annotators => Items.Max(item => item.Labels.Count);

    /// <summary>Reads a file of JSON lines.</summary>
    /// <exception cref="AssayException">It cannot be read, is empty, or a line is wrong (exit code 2); the message names file and line.</exception>
    public static LabelSet Read(string path) => LabelFile.Read(path);
}
