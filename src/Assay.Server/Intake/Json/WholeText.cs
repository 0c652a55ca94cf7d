using System.Text.Json;

namespace Assay.Server.Intake.Json;

/// <summary>Strings of JSON that senders are told about when they are broken, instead of being mended.</summary>
internal static class WholeText
{
    /// <summary>The text; null when the element is none, or one with half of a surrogate pair.</summary>
    public static string? Of(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return field.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
