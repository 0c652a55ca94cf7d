using System.Text;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Details;

/// <summary>The type of an attribute's value.</summary>
internal enum OtlpType
{
    /// <summary>No value.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Double,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>Values by key.</summary>
    Map,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>An attribute as a page shows it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Text">The value as people read it.</param>
internal sealed record OtlpAttribute(string Key, OtlpType Type, string Text)
{
    internal static OtlpAttribute Read(ProtoReader message)
    {
        var read = KeyValue.Read(message);
        return new OtlpAttribute(Encoding.UTF8.GetString(read.Key), (OtlpType)(read.Value.Tag >> 3), ValueText.Of(read.Value));
    }

    internal static IReadOnlyList<OtlpAttribute> ReadAll(ReadOnlySpan<byte> message, uint attributesTag)
    {
        var all = new List<OtlpAttribute>();
        var problem = default(WireProblem);
        var reader = new ProtoReader(message, ref problem);
        while (reader.Next(out var tag))
        {
            if (tag == attributesTag)
            {
                all.Add(Read(reader.Message()));
            }
            else
            {
                reader.Skip(tag);
            }
        }

        return all;
    }
}

/// <summary>A resource as a page shows it.</summary>
internal static class OtlpResource
{
    /// <summary>The attributes of <see cref="Stores.TelemetrySource.Resource"/>, in the sender's order.</summary>
    public static IReadOnlyList<OtlpAttribute> Read(ReadOnlyMemory<byte> resource) => OtlpAttribute.ReadAll(resource.Span, ResourceTag.Attributes);
}

/// <summary>A log record as a page shows it.</summary>
internal static class OtlpLogDetails
{
    /// <summary>The attributes of <see cref="Stores.LogEvent.Body"/>, in the sender's order.</summary>
    public static IReadOnlyList<OtlpAttribute> Read(ReadOnlyMemory<byte> body) => OtlpAttribute.ReadAll(body.Span, LogTag.Attributes);
}
