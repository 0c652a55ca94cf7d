namespace Assay.Embedded.Safety;

/// <summary>Whether a database is sound.</summary>
/// <param name="Database">The file.</param>
/// <param name="Bytes">Its size, with its log.</param>
/// <param name="SchemaVersion">The version of its tables; 0 when it cannot be read.</param>
/// <param name="Parts">What was checked, in order.</param>
public sealed record DataCheckReport(string Database, long Bytes, long SchemaVersion, IReadOnlyList<DataCheckPart> Parts)
{
    /// <summary><see cref="Verdict.Pass"/> when it is sound, <see cref="Verdict.Fail"/> when it is not, <see cref="Verdict.NoData"/> when there is none.</summary>
    public Verdict Verdict =>
        Parts.Count == 0 ? Verdict.NoData
        : Parts.Any(p => p.Problems.Count > 0) ? Verdict.Fail
        : Verdict.Pass;

    /// <summary>The verdict in words.</summary>
    public string Reason =>
        Verdict switch
        {
            Verdict.NoData => "there is no database",
            Verdict.Pass => "the database is sound",
            _ => "the database is damaged: " + string.Join(", ", Parts.Where(p => p.Problems.Count > 0).Select(p => p.Name)),
        };
}

/// <summary>A part of a check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Problems">What is wrong, at most <see cref="DataCheck.MostProblems"/>; empty when all is well.</param>
public sealed record DataCheckPart(string Name, IReadOnlyList<string> Problems);
