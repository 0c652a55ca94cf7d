using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;

namespace Assay.Server.Hosting;

/// <summary>The JSON of the API: names in snake case as on the command line, enumerations as words, what is null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnum<HubHealth>)]
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HostingJson : JsonSerializerContext
{
    private static HostingJson? plain;

    /// <summary>
    /// With apostrophes and letters of every language as they are. They are escaped elsewhere for JSON inside of HTML; here it is said to be JSON, and
    /// browsers are told not to guess (X-Content-Type-Options: nosniff).
    /// </summary>
    // Not made before it is asked for: the default must be there by then, and static fields of two files have no order.
    public static HostingJson Plain =>
        plain ??= new HostingJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The settings of every room; a room adds its own context to the chain of resolvers.</summary>
    public static void Configure(JsonOptions json)
    {
        var options = json.SerializerOptions;
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.AllowTrailingCommas = false;
        options.MaxDepth = 32;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new SnakeCaseEnums());
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}

/// <summary>Enumerations as words in snake case: <c>no_data</c>.</summary>
internal sealed class SnakeCaseEnums() : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>The same for one enumeration that stands in a document.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
