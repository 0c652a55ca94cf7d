using System.Text.Json;
using System.Text.Unicode;
using Assay.Stores;

namespace Assay.Embedded.Documents;

/// <summary>What may be stored and asked: names, JSON and the bounds of a listing.</summary>
internal static class DocumentRules
{
    public const int LongestCollection = 64;
    public const int LongestKey = 256;
    public const int LargestJson = 1 << 20;
    public const int DeepestJson = 64;
    public const int MostSkipped = 100_000;
    public const int MostListed = 10_000;

    /// <summary>Bytes of JSON that one listing may hold in memory.</summary>
    public const long LargestListing = 64L << 20;

    public static void CheckName(string collection, string key)
    {
        CheckCollection(collection);
        if (key.Length is 0 or > LongestKey || key.Any(char.IsControl) || !IsText(key))
        {
            throw AssayException.Usage($"'{Shown(key)}' cannot be a document's key.", $"Give 1 to {LongestKey} characters, none of them a control character.");
        }
    }

    public static void CheckCollection(string collection)
    {
        if (collection.Length is 0 or > LongestCollection || !collection.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw AssayException.Usage($"'{Shown(collection)}' cannot be a collection's name.", $"Give 1 to {LongestCollection} of a-z, 0-9 and _.");
        }
    }

    public static void CheckQuery(DocumentQuery query)
    {
        CheckCollection(query.Collection);
        if (query.Skip is < 0 or > MostSkipped)
        {
            throw AssayException.Usage($"Skipping {query.Skip} documents is not possible.", $"Skip 0 to {MostSkipped:#,0}, or narrow the time or the key.");
        }

        if (query.Limit is < 1 or > MostListed)
        {
            throw AssayException.Usage($"A listing of {query.Limit} documents is not possible.", $"Ask for 1 to {MostListed:#,0}.");
        }
    }

    /// <summary>Whether it is one JSON value in valid UTF-8; the reader alone lets broken text inside strings pass.</summary>
    public static void CheckJson(ReadOnlySpan<byte> json)
    {
        if (json.Length > LargestJson)
        {
            throw AssayException.Usage(
                $"The document has {json.Length:#,0} bytes.",
                "A document has at most 1 MiB: store large content elsewhere and its name here."
            );
        }

        if (JsonFault(json) is { } fault)
        {
            throw AssayException.Usage($"The document is not well-formed JSON: {fault}", $"Send one JSON value in UTF-8, nested at most {DeepestJson} deep.");
        }
    }

    /// <summary>What is wrong with the JSON; null when nothing is.</summary>
    public static string? JsonFault(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestJson });
            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return Utf8.IsValid(json) ? null : "it is not valid UTF-8.";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    // Half a surrogate pair has no UTF-8 and would collide with other keys.
    private static bool IsText(string key)
    {
        var left = key.AsSpan();
        while (!left.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf16(left, out _, out var read) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            left = left[read..];
        }

        return true;
    }

    private static string Shown(string name)
    {
        var safe = string.Concat(name.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return name.Length > 80 ? safe + "…" : safe;
    }
}
