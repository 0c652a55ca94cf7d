namespace Assay.Rag.Reading;

/// <summary>Gives every document of a run an id of its own.</summary>
internal sealed class DocumentIds
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public bool TryTake(string id) => _taken.Add(id);

    /// <summary>
    /// The id of a file: its relative path. Where another folder of the run has the same one, the path as it was named;
    /// where even that is taken, the same with a number.
    /// </summary>
    public string TakeFor(SourceFile file)
    {
        if (TryTake(file.RelativePath))
        {
            return file.RelativePath;
        }

        var named = file.Path.Replace('\\', '/');
        var id = named;
        for (var n = 2; !TryTake(id); n++)
        {
            id = $"{named}~{n}";
        }

        return id;
    }
}
