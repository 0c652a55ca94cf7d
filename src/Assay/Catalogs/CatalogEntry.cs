using System.Text.Json.Serialization;
using YamlDotNet.Serialization;

namespace Assay.Catalogs;

/// <summary>A part of a catalog file that knows where it stands, so that whoever judges it can name the line.</summary>
public abstract class CatalogEntry
{
    /// <summary>Where it stands; set while reading.</summary>
    [YamlIgnore]
    [JsonIgnore]
    public CatalogPlace Place { get; internal set; } = CatalogPlace.Nowhere;
}

/// <summary>A line of a catalog file.</summary>
/// <param name="Path">The file as it was given.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
public sealed record CatalogPlace(string Path, long Line)
{
    /// <summary>The place of what was not read from a file.</summary>
    public static readonly CatalogPlace Nowhere = new("", 0);

    /// <summary>An error at this line (exit code 2): <c>path:line: problem</c>.</summary>
    public AssayException Error(string problem, string fix) => AssayException.Usage($"{this}: {problem}", fix);

    /// <summary><c>path:line</c>.</summary>
    public override string ToString() => $"{Path}:{Line}";
}
