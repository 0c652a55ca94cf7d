using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Assay.Rag.Reading;

/// <summary>The text of a file, or why its bytes are no text. Nothing is guessed: bytes that do not decode are never replaced.</summary>
internal readonly record struct DecodedText(string? Text, string Problem, string Fix)
{
    /// <summary>How far into a file a zero byte says that it is no text.</summary>
    public const int BinaryProbeBytes = 8192;

    private const string Convert = "Convert it to UTF-8, for example: iconv -f WINDOWS-1251 -t UTF-8 old.txt > new.txt";
    private const string Rewrite = "Write it again as UTF-8.";

    public static DecodedText Of(ReadOnlySpan<byte> bytes, Encoding? declared = null)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            return Utf8Text(bytes[3..], at: 3);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            return new DecodedText(null, "The file is UTF-32, which is not read.", "Convert it to UTF-8: iconv -f UTF-32 -t UTF-8 old.txt > new.txt");
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Utf16Text(bytes[2..], bigEndian: bytes[0] == 0xFE);
        }

        return IsBinary(bytes) ? Binary
            : declared is null or UTF8Encoding ? Utf8Text(bytes, at: 0)
            : Declared(bytes, declared);
    }

    public static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, BinaryProbeBytes)].Contains((byte)0);

    public static DecodedText Binary =>
        new(null, "The file is binary: it holds zero bytes.", "Leave it out, or convert it to text (a UTF-16 file needs its byte order mark).");

    /// <summary>The words for bytes that are no UTF-8, from the position in the file.</summary>
    public static DecodedText NoUtf8(long offset) => new(null, $"The text is not valid UTF-8 at byte {offset}.", Convert);

    /// <summary>The index of the first byte that is no UTF-8; the length where all are.</summary>
    public static int FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        Span<char> some = stackalloc char[256];
        var at = 0;
        while (true)
        {
            var status = Utf8.ToUtf16(bytes[at..], some, out var read, out _, replaceInvalidSequences: false);
            at += read;
            if (status != OperationStatus.DestinationTooSmall)
            {
                return at;
            }
        }
    }

    private static DecodedText Utf8Text(ReadOnlySpan<byte> bytes, int at) =>
        Utf8.IsValid(bytes) ? new DecodedText(Encoding.UTF8.GetString(bytes), "", "") : NoUtf8(at + FirstBadByte(bytes));

    private static DecodedText Utf16Text(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var text = new char[bytes.Length / 2];
        for (var i = 0; i < text.Length; i++)
        {
            var unit = bytes.Slice(2 * i, 2);
            text[i] = (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(unit) : BinaryPrimitives.ReadUInt16LittleEndian(unit));
        }

        var bad = FirstLoneSurrogate(text);
        return bad == text.Length && bytes.Length % 2 == 0
            ? new DecodedText(new string(text), "", "")
            : new DecodedText(null, $"The text is not valid UTF-16 at byte {2 + (2 * bad)}.", Rewrite);
    }

    private static int FirstLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return text.Length;
    }

    private static DecodedText Declared(ReadOnlySpan<byte> bytes, Encoding declared)
    {
        try
        {
            // .NET knows the old code pages only once they are registered; doing it again does nothing.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            var strict = Encoding.GetEncoding(declared.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return new DecodedText(strict.GetString(bytes), "", "");
        }
        catch (DecoderFallbackException e)
        {
            return new DecodedText(null, $"The text is not valid {declared.WebName}, which the page declares, at byte {e.Index}.", Rewrite);
        }
    }
}
