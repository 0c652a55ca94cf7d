namespace Assay.Releases.Files;

/// <summary>One going-out of a release: <c>rag_plus_plus@1.9.0</c>. The same id is the same candidate; another candidate needs another version.</summary>
/// <param name="Name">The release file's name.</param>
/// <param name="Version">The candidate's version or short commit: 1 to 64 of <c>a-z A-Z 0-9 _ - . +</c>.</param>
internal readonly record struct ReleaseId(string Name, string Version)
{
    /// <summary><c>name@version</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
