namespace Assay.Server.Intake.Bodies;

/// <summary>Reads a stream to its end, or to its bound.</summary>
internal static class BoundedReading
{
    /// <summary>All of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="likely">How long it probably is, in bytes.</param>
    /// <param name="most">The bound in bytes.</param>
    /// <param name="share">What the memory is taken from.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<BodyResult> ReadAsync(Stream stream, int likely, int most, ByteShare share, CancellationToken cancellationToken)
    {
        // One more than is likely: the read that finds the end needs a place to read to.
        var size = Math.Min(likely, most) + 1;
        if (!share.TryTake(size))
        {
            return BodyResult.NoRoom();
        }

        var buffer = GC.AllocateUninitializedArray<byte>(size);
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return BodyResult.Of(buffer.AsMemory(0, length));
            }

            length += read;
            if (length > most)
            {
                return BodyResult.TooLong(most);
            }

            if (length == buffer.Length)
            {
                size = Math.Min(length * 2, most + 1);
                if (!share.TryTake(size - length))
                {
                    return BodyResult.NoRoom();
                }

                Array.Resize(ref buffer, size);
            }
        }
    }
}
