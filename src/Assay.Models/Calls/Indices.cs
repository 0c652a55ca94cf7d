using System.Text.Json;

namespace Assay.Models.Calls;

/// <summary>Answers that name the text they are about by its place.</summary>
internal static class Indices
{
    /// <summary>The place that an item names; it must be within the texts and free.</summary>
    /// <exception cref="MalformedAnswerException">It is missing, out of range or taken.</exception>
    public static int Take<T>(JsonElement item, T[] taken)
        where T : class
    {
        if (JsonAnswer.Count(item, "index") is not { } index)
        {
            throw new MalformedAnswerException("an entry has no index.");
        }

        if (index >= taken.Length)
        {
            throw new MalformedAnswerException($"it names index {index}, and there are {taken.Length} texts.");
        }

        return taken[index] is null ? (int)index : throw new MalformedAnswerException($"it names index {index} twice.");
    }
}
