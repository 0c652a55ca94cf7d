using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Releases.Files;

namespace Assay.Releases.Ledger;

/// <summary>What an entry must be before it becomes a link.</summary>
internal static class LedgerBody
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry as it is chained: its body without white space, its time in UTC.</summary>
    /// <exception cref="AssayException">A part breaks its bound (exit code 2).</exception>
    public static LedgerEntry Made(LedgerEntry entry)
    {
        Demand(
            entry.Release.Length is > 0 and <= LedgerEntry.LongestRelease && ReleaseId.TryRead(entry.Release) is not null,
            $"'{Shown(entry.Release)}' is no release.",
            "Give name@version: rag_plus_plus@1.9.0."
        );
        Demand(
            IsName(entry.Key),
            $"'{Shown(entry.Key)}' cannot be a key.",
            $"Give 1 to {LedgerEntry.LongestName} characters, none of them a control character."
        );
        Demand(
            IsName(entry.Actor),
            $"'{Shown(entry.Actor)}' cannot be an actor.",
            $"Give 1 to {LedgerEntry.LongestName} characters, none of them a control character."
        );
        Demand(Enum.IsDefined(entry.Kind), $"There is no kind {entry.Kind}.", "Give one of the ledger's kinds.");
        return entry with { Body = Compact(entry.Body), At = entry.At.ToUniversalTime() };
    }

    private static byte[] Compact(ReadOnlyMemory<byte> body)
    {
        Demand(
            body.Length <= LedgerEntry.LargestBody,
            $"The body has {body.Length:#,0} bytes.",
            "A body has at most 256 KiB: store what is large elsewhere, and its hash here."
        );
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = LedgerEntry.DeepestBody });
            Demand(
                document.RootElement.ValueKind == JsonValueKind.Object && Utf8.IsValid(body.Span),
                "The body is no JSON object.",
                "Send one object in UTF-8."
            );
            var compact = new ArrayBufferWriter<byte>(body.Length + 16);
            using (var json = new Utf8JsonWriter(compact, Layout))
            {
                document.RootElement.WriteTo(json);
            }

            Demand(compact.WrittenCount <= LedgerEntry.LargestBody, "The body has more than 256 KiB.", "Store what is large elsewhere, and its hash here.");
            return compact.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw AssayException.Usage($"The body is no JSON: {e.Message}", $"Send one object in UTF-8, nested at most {LedgerEntry.DeepestBody} deep.", e);
        }
    }

    // Half a surrogate pair has no UTF-8: what is hashed would not be what is stored.
    private static bool IsName(string text) =>
        text.Length is > 0 and <= LedgerEntry.LongestName
        && !text.Any(char.IsControl)
        && !text.EnumerateRunes().Any(r => r == System.Text.Rune.ReplacementChar);

    private static string Shown(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));

    private static void Demand(bool holds, string problem, string fix)
    {
        if (!holds)
        {
            throw AssayException.Usage(problem, fix);
        }
    }
}
