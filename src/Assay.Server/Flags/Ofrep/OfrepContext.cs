using System.Text.Json;
using Assay.Flags;

namespace Assay.Server.Flags.Ofrep;

/// <summary>An evaluation context as OpenFeature sends it, read as a unit.</summary>
internal static class OfrepContext
{
    /// <summary>The name of the unit's key.</summary>
    public const string TargetingKey = "targetingKey";

    /// <summary>The unit of a request's body, <c>{"context": {…}}</c>.</summary>
    /// <exception cref="OfrepException">There is no context, no key, or too many attributes.</exception>
    public static Unit OfBody(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("context", out var context)
            ? Of(context)
            : throw new OfrepException(OfrepError.InvalidContext, "The body has no context. Send {\"context\": {\"targetingKey\": …}}.");

    /// <summary>The unit of a context.</summary>
    /// <exception cref="OfrepException">There is no key, or too many attributes.</exception>
    public static Unit Of(JsonElement context)
    {
        var attributes = AttributesOf(context);
        return new Unit(KeyOf(context), attributes);
    }

    /// <summary>The attributes of a context; sections within it are flattened with dots.</summary>
    /// <exception cref="OfrepException">It is no object, or there are too many.</exception>
    public static UnitAttributes AttributesOf(JsonElement context)
    {
        if (context.ValueKind != JsonValueKind.Object)
        {
            throw new OfrepException(OfrepError.InvalidContext, "The context is no object.");
        }

        var attributes = new List<UnitAttribute>();
        Collect(context, prefix: "", attributes);
        return attributes.Count == 0 ? UnitAttributes.None : new UnitAttributes(attributes);
    }

    private static string KeyOf(JsonElement context) =>
        context.TryGetProperty(TargetingKey, out var key) && key.ValueKind is not JsonValueKind.Null
            ? key.ValueKind != JsonValueKind.String
                ? throw new OfrepException(OfrepError.InvalidContext, "targetingKey is no text.")
                : TextOf(key) is { Length: > 0 } text
                    ? text
                    : throw Missing()
            : throw Missing();

    private static OfrepException Missing() => new(OfrepError.TargetingKeyMissing, "The context has no targetingKey: who is the flag decided for?");

    private static void Collect(JsonElement section, string prefix, List<UnitAttribute> attributes)
    {
        foreach (var property in section.EnumerateObject().Where(p => prefix.Length > 0 || !p.NameEquals(TargetingKey)))
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(property.Value, name + ".", attributes);
            }
            else if (Attribute(name, property.Value) is { } attribute)
            {
                attributes.Add(attribute);
            }

            if (attributes.Count > UnitAttributes.Most)
            {
                throw new OfrepException(
                    OfrepError.InvalidContext,
                    $"The context has more than {UnitAttributes.Most} attributes. Send those that rules ask about."
                );
            }
        }
    }

    // What no rule can ask about is left out: a context is made for more than one reader.
    private static UnitAttribute? Attribute(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => new UnitAttribute(name, TextOf(value)),
            JsonValueKind.Number => new UnitAttribute(name, value.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => new UnitAttribute(name, value.GetBoolean()),
            JsonValueKind.Array => new UnitAttribute(name, Texts(name, value)),
            _ => null,
        };

    private static IReadOnlyCollection<string> Texts(string name, JsonElement list)
    {
        if (list.GetArrayLength() > UnitAttribute.MostItems)
        {
            throw new OfrepException(OfrepError.InvalidContext, $"'{name}' has more than {UnitAttribute.MostItems} items.");
        }

        return [.. list.EnumerateArray().Where(IsPlain).Select(TextOf)];
    }

    private static bool IsPlain(JsonElement item) =>
        item.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, escaped.
            throw new OfrepException(OfrepError.InvalidContext, "A text of the context is not valid Unicode.", e);
        }
    }
}
