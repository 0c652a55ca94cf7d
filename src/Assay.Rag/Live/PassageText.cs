using Assay.Rag.Answering;
using Assay.Rag.Chunking;

namespace Assay.Rag.Live;

/// <summary>What a model is given of a chunk: where it stands, then its text.</summary>
internal static class PassageText
{
    public static string Of(Chunk chunk)
    {
        var place = chunk.HeadingPath.Length > 0 && chunk.Title.Length > 0 ? $"{chunk.Title} > {chunk.HeadingPath}" : chunk.Title + chunk.HeadingPath;
        var text = ReadableText.Of(chunk);
        return place.Length > 0 ? $"{place}\n{text}" : text;
    }
}
