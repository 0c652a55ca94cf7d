using System.Buffers;

namespace Assay.Releases.Files;

/// <summary>One going-out of a release: <c>rag_plus_plus@1.9.0</c>. The same id is the same candidate; another candidate needs another version.</summary>
/// <param name="Name">The release file's name.</param>
/// <param name="Version">The candidate's version or short commit: 1 to 64 of <c>a-z A-Z 0-9 _ - . +</c>.</param>
internal readonly record struct ReleaseId(string Name, string Version)
{
    /// <summary>Characters of a name, and of a version.</summary>
    public const int Longest = 64;

    /// <summary>What a name may be, for errors.</summary>
    public const string NameFix = "1 to 64 of a-z 0-9 _ - . are allowed, a letter first.";

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly SearchValues<char> VersionLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+");

    /// <summary>Whether this can be the name of a release.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= Longest } && char.IsAsciiLetterLower(name[0]) && !name.AsSpan().ContainsAnyExcept(NameLetters);

    /// <summary>Whether this can be the version of a candidate.</summary>
    public static bool IsVersion(string? version) => version is { Length: > 0 and <= Longest } && !version.AsSpan().ContainsAnyExcept(VersionLetters);

    /// <summary>The id of a text such as <c>rag_plus_plus@1.9.0</c>; null when it is none.</summary>
    public static ReleaseId? TryRead(string? text) =>
        text?.Split('@') is [var name, var version] && IsName(name) && IsVersion(version) ? new ReleaseId(name, version) : null;

    /// <summary>The id of a text.</summary>
    /// <exception cref="AssayException">It is none (exit code 2).</exception>
    public static ReleaseId Read(string? text) =>
        TryRead(text) ?? throw AssayException.Usage($"'{Shown(text)}' is no release.", "Write its name and the candidate's version: rag_plus_plus@1.9.0.");

    /// <summary>An id of parts.</summary>
    /// <exception cref="AssayException">One of them cannot be used (exit code 2).</exception>
    public static ReleaseId Of(string name, string version) =>
        !IsName(name) ? throw AssayException.Usage($"'{Shown(name)}' cannot be a release's name.", NameFix)
        : !IsVersion(version)
            ? throw AssayException.Usage($"'{Shown(version)}' cannot be a version.", "Give 1 to 64 of a-z A-Z 0-9 _ - . +: 1.9.0, or a short commit.")
        : new ReleaseId(name, version);

    /// <summary><c>name@version</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";

    // A text that is refused may be anything.
    private static string Shown(string? text) => string.Concat((text ?? "").Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
