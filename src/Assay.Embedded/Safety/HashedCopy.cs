using System.Security.Cryptography;

namespace Assay.Embedded.Safety;

/// <summary>Copies a stream and hashes what passes.</summary>
internal static class HashedCopy
{
    /// <summary>Copies at most <paramref name="most"/> bytes.</summary>
    /// <returns>How much was copied and its hash.</returns>
    /// <exception cref="InvalidDataException">There is more.</exception>
    public static CopiedContent Run(Stream from, Stream to, long most, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var copied = 0L;
        for (int read; (read = from.Read(buffer)) > 0; )
        {
            copied += read;
            if (copied > most)
            {
                throw new InvalidDataException($"it holds more than the {most:#,0} bytes that its manifest names");
            }

            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
            progress(copied);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new CopiedContent(copied, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <param name="Bytes">How many.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
internal readonly record struct CopiedContent(long Bytes, string Sha256);
