using System.Text;

namespace Assay.Server.Intake.Json;

/// <summary>How a field looks in JSON.</summary>
internal enum JsonKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>Bytes in base64.</summary>
    Bytes,

    /// <summary>Bytes in hexadecimal digits: OTLP's own rule for ids.</summary>
    Id,

    /// <summary>A number or a string of digits, as a varint.</summary>
    Varint,

    /// <summary>The same in eight bytes.</summary>
    Fixed64,

    /// <summary>The same in four bytes.</summary>
    Fixed32,

    /// <summary>A number, or a string for those that JSON has no word for.</summary>
    Double,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>An enum's number, or its name.</summary>
    Enum,

    /// <summary>A message.</summary>
    Message,
}

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name in lowerCamelCase.</param>
/// <param name="Tag">Its tag on the wire.</param>
/// <param name="Kind">How it looks in JSON.</param>
/// <param name="Of">Its own fields, when it is a message; asked late, since values nest.</param>
/// <param name="Names">Names of an enum, at the place of their number.</param>
internal sealed record JsonField(string Name, uint Tag, JsonKind Kind, Func<JsonMessage>? Of = null, IReadOnlyList<string>? Names = null)
{
    /// <summary>Whether it may come many times, as an array.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>A message: its fields by their names in JSON, lowerCamelCase and as in the .proto file; protobuf's JSON takes both.</summary>
internal sealed class JsonMessage
{
    private readonly (byte[] Name, JsonField Field)[] fields;

    public JsonMessage(params ReadOnlySpan<JsonField> fields)
    {
        var named = new List<(byte[], JsonField)>();
        foreach (var field in fields)
        {
            named.Add((Encoding.UTF8.GetBytes(field.Name), field));
            named.Add((Encoding.UTF8.GetBytes(Snake(field.Name)), field));
        }

        this.fields = [.. named];
    }

    /// <summary>The field of a name in UTF-8; null when the message has none, and it is ignored then.</summary>
    public JsonField? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, field) in fields)
        {
            if (name.SequenceEqual(known))
            {
                return field;
            }
        }

        return null;
    }

    private static string Snake(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
}
