using System.Buffers.Binary;
using System.Security.Cryptography;
using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>What an event is counted under: the eight dimensions of a series. Requests point to theirs too, as they are filtered by them.</summary>
internal readonly record struct Labels(
    Series Series,
    string Service,
    string Version,
    string Environment,
    string Operation,
    string Category,
    string Name,
    string Variant,
    string Prompt
)
{
    /// <summary>What stands for values that are too many.</summary>
    public const string Other = "(other)";

    /// <summary>The same with the four dimensions folded that senders tend to fill with ids.</summary>
    public Labels Folded() => this with { Operation = Fold(Operation), Name = Other, Variant = Fold(Variant), Prompt = Fold(Prompt) };

    /// <summary>All dimensions folded: for senders that make up services, versions or environments too.</summary>
    public Labels AllFolded() => new(Series, Other, Other, Other, Other, Other, Other, Other, Other);

    public string this[Dimension dimension] =>
        dimension switch
        {
            Dimension.Service => Service,
            Dimension.Version => Version,
            Dimension.Environment => Environment,
            Dimension.Operation => Operation,
            Dimension.Category => Category,
            Dimension.Name => Name,
            Dimension.Variant => Variant,
            _ => Prompt,
        };

    /// <summary>64 bits of a SHA-256 of all: two of a million label sets are alike with a chance of 3·10⁻⁸.</summary>
    public long ToId()
    {
        var bytes = new ByteWriter();
        bytes.Byte((byte)Series);
        foreach (var text in (ReadOnlySpan<string>)[Service, Version, Environment, Operation, Category, Name, Variant, Prompt])
        {
            bytes.Text(text);
        }

        return Hash(bytes.Written);
    }

    public static long Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static string Fold(string value) => value.Length == 0 ? value : Other;
}
