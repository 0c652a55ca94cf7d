using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Releases.Ledger;

/// <summary>
/// A link as a line of JSON: <c>{"number":1,"previous":"…","release":"…","kind":"gate","key":"…","actor":"…","at":"…","body_hash":"…","hash":"…","body":{…}}</c>.
/// There is one way to write a link: a line that was written in another way is none, so that nothing can be changed in it unseen. A body that an export
/// leaves out is missing at the end.
/// </summary>
internal static class LedgerLine
{
    /// <summary>The longest line: the body and what may stand around it, in bytes.</summary>
    public const int Longest = LedgerEntry.LargestBody + (16 << 10);

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The kind as lines write it: <c>rolled_back</c>.</summary>
    public static string NameOf(LedgerKind kind) => Kinds.Name(kind);

    /// <summary>A time as lines write it, in UTC: <c>2026-11-21T15:02:33.1234567Z</c>.</summary>
    public static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A link as its line, without a line break.</summary>
    /// <param name="link">The link.</param>
    /// <param name="withBody">Whether its body is written.</param>
    public static byte[] Write(LedgerLink link, bool withBody = true)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, link, withBody);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its break.</param>
    /// <returns>The link; null when the line was not written by a ledger.</returns>
    public static LedgerLink? TryRead(ReadOnlyMemory<byte> line)
    {
        if (line.Length > Longest || Parse(line) is not { } link)
        {
            return null;
        }

        var again = new ArrayBufferWriter<byte>(line.Length + 64);
        Write(again, link, withBody: true);
        return again.WrittenSpan.SequenceEqual(line.Span) ? link : null;
    }

    private static void Write(IBufferWriter<byte> to, LedgerLink link, bool withBody)
    {
        using var json = new Utf8JsonWriter(to, Layout);
        json.WriteStartObject();
        json.WriteNumber("number"u8, link.Number);
        json.WriteString("previous"u8, link.Previous);
        json.WriteString("release"u8, link.Entry.Release);
        json.WriteString("kind"u8, NameOf(link.Entry.Kind));
        json.WriteString("key"u8, link.Entry.Key);
        json.WriteString("actor"u8, link.Entry.Actor);
        json.WriteString("at"u8, TimeOf(link.Entry.At));
        json.WriteString("body_hash"u8, link.BodyHash);
        json.WriteString("hash"u8, link.Hash);
        if (withBody && !link.Entry.Body.IsEmpty)
        {
            json.WritePropertyName("body"u8);
            json.WriteRawValue(link.Entry.Body.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static LedgerLink? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = LedgerEntry.DeepestBody + 1 });
            return json.Read() && json.TokenType == JsonTokenType.StartObject ? Fields(ref json, line) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }

    // Order, layout and doubles are not looked at here: the line is compared with how it would be written.
    private static LedgerLink? Fields(ref Utf8JsonReader json, ReadOnlyMemory<byte> line)
    {
        var number = Number(ref json);
        var previous = Text(ref json);
        var release = Text(ref json);
        var kind = Kinds.Find(Text(ref json));
        var (key, actor, time) = (Text(ref json), Text(ref json), Text(ref json));
        var (bodyHash, hash) = (Text(ref json), Text(ref json));
        var isTime = DateTime.TryParseExact(
            time,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        );
        var body = ReadOnlyMemory<byte>.Empty;
        if (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            body = json.TokenType == JsonTokenType.EndObject ? line[start..(int)json.BytesConsumed] : default;
            json.Read();
        }

        return isTime && kind is { } known && json.TokenType == JsonTokenType.EndObject && !json.Read()
            ? new LedgerLink(number, previous, new LedgerEntry(release, known, key, actor, new DateTimeOffset(at, TimeSpan.Zero), body), bodyHash, hash)
            : null;
    }

    private static long Number(ref Utf8JsonReader json)
    {
        json.Read();
        json.Read();
        return json.GetInt64();
    }

    private static string Text(ref Utf8JsonReader json)
    {
        json.Read();
        json.Read();
        return json.GetString() ?? "";
    }

    /// <summary>Names of kinds, made once: a chain of a hundred thousand links is read in a second.</summary>
    private static class Kinds
    {
        private static readonly LedgerKind[] All = Enum.GetValues<LedgerKind>();
        private static readonly string[] Names = [.. All.Select(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()))];

        public static string Name(LedgerKind kind) => Names[(int)kind];

        public static LedgerKind? Find(string name) => Array.IndexOf(Names, name) is var at and >= 0 ? All[at] : null;
    }
}
