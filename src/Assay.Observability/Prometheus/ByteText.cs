using System.Text;

namespace Assay.Observability.Prometheus;

/// <summary>UTF-8 text that grows at its end and keeps its memory for the next use.</summary>
internal sealed class ByteText(int capacity = 256)
{
    private byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> Slice(int start, int length) => bytes.AsSpan(start, length);

    public void Clear() => Length = 0;

    public ByteText Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
        return this;
    }

    public ByteText Append(string text)
    {
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    public ByteText AppendBound(double value)
    {
        Length += NumberText.WriteBound(value, Reserve(NumberText.MaxLength));
        return this;
    }

    /// <summary>Appends a label's value or a help text, escaped; quotes are escaped where <paramref name="quotes"/> says so.</summary>
    public ByteText AppendEscaped(string text, bool quotes)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var at = quotes ? rest.IndexOfAny('\\', '\n', '"') : rest.IndexOfAny('\\', '\n');
            var plain = at < 0 ? rest : rest[..at];
            Length += Encoding.UTF8.GetBytes(plain, Reserve(Encoding.UTF8.GetMaxByteCount(plain.Length)));
            if (at < 0)
            {
                return this;
            }

            Append(
                rest[at] switch
                {
                    '\\' => "\\\\"u8,
                    '\n' => "\\n"u8,
                    _ => "\\\""u8,
                }
            );
            rest = rest[(at + 1)..];
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        return bytes.AsSpan(Length);
    }
}
