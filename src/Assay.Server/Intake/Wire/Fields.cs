namespace Assay.Server.Intake.Wire;

/// <summary>Looks into messages that are known to be well formed.</summary>
internal static class Fields
{
    /// <summary>The last string, bytes or message with a tag; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> message, uint wanted)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(message, ref problem);
        ReadOnlySpan<byte> found = default;
        while (reader.Next(out var tag))
        {
            if (tag == wanted)
            {
                // Cut from the message itself: what a reader gives must not outlive its note of problems.
                var length = reader.Bytes().Length;
                found = message.Slice(reader.Position - length, length);
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return found;
    }
}
