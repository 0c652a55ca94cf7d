namespace Assay.Rag.Reading;

/// <summary>What the reader found next: exactly one of the three is there.</summary>
internal readonly record struct ReadItem(Document? Document, BadDocument? Bad, DuplicateDocument? Duplicate)
{
    public static implicit operator ReadItem(Document document) => new(document, null, null);

    public static implicit operator ReadItem(BadDocument bad) => new(null, bad, null);

    public static implicit operator ReadItem(DuplicateDocument duplicate) => new(null, null, duplicate);
}

/// <summary>A document with the content of one that was read before; it is left out.</summary>
internal sealed record DuplicateDocument(string Source, string FirstSource);
