namespace Assay.Processes;

/// <summary>A foreign program to run, and how much it may take.</summary>
/// <param name="Path">The program: a path, or a name to look for in <c>PATH</c>.</param>
/// <param name="Arguments">Its arguments, as they are: no shell reads them.</param>
/// <param name="Limit">How long it may run.</param>
public sealed record ProcessCall(string Path, IReadOnlyList<string> Arguments, TimeSpan Limit)
{
    /// <summary>What it is given on standard input, as UTF-8. The default is nothing.</summary>
    public string Input { get; init; } = "";

    /// <summary>Bytes read from either of its streams before it is taken for a runaway. The default is 64 KiB.</summary>
    public int MaxOutputBytes { get; init; } = 64 << 10;
}
