using System.Globalization;

namespace Assay.Server.Costs;

/// <summary>The lines that give a model a price, ready to be filled in.</summary>
internal static class PriceEntry
{
    /// <summary>An entry of <c>models:</c>. The figures are left out, so that nobody takes an example for a price.</summary>
    public static string For(string model, DateOnly from) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"- model: {Quoted(model)}\n  prices:\n    - {{ from: {from:yyyy-MM-dd}, input: , cachedInput: , output:  }}"
        );

    /// <summary>The name as YAML reads it back: in double quotes, where backslash and quote are escaped and control characters cannot break out.</summary>
    private static string Quoted(string name) => System.Text.Json.JsonSerializer.Serialize(name, PriceEntryJson.Default.String);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class PriceEntryJson : System.Text.Json.Serialization.JsonSerializerContext;
