using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Reading;

/// <summary>All that one reading gave.</summary>
internal sealed record ReadingOf(IReadOnlyList<Document> Documents, IReadOnlyList<BadDocument> Bad, IReadOnlyList<DuplicateDocument> Duplicates)
{
    public static ReadingOf Paths(params string[] paths) => With(new ReadOptions(), paths);

    public static ReadingOf With(ReadOptions options, params string[] paths) => From(new DocumentReader(options), paths);

    public static ReadingOf From(DocumentReader reader, params string[] paths)
    {
        var items = reader.Read(paths, TestContext.Current.CancellationToken).ToList();
        return new ReadingOf(
            [.. items.Where(i => i.Document is not null).Select(i => i.Document!)],
            [.. items.Where(i => i.Bad is not null).Select(i => i.Bad!)],
            [.. items.Where(i => i.Duplicate is not null).Select(i => i.Duplicate!)]
        );
    }

    /// <summary>The blocks of a document as a person would write them down.</summary>
    public static string[] BlocksOf(Document document) =>
        [.. document.Blocks.Select(b => $"{b.Kind}{(b.Level > 0 ? b.Level : "")}: {document.Text.Substring(b.Start, b.Length).ReplaceLineEndings("/")}")];
}
