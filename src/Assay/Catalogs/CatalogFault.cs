using YamlDotNet.Core;

namespace Assay.Catalogs;

/// <summary>What is wrong with a YAML file, in words for whoever wrote it.</summary>
internal static class CatalogFault
{
    /// <summary>The innermost reason; what the parser says of types and exceptions is left out.</summary>
    public static string Of(YamlException fault)
    {
        Exception reason = fault;
        while (reason.InnerException is { } inner)
        {
            reason = inner;
        }

        return reason switch
        {
            FormatException or OverflowException or ArgumentException => $"a value of the wrong kind: {reason.Message}",
            InvalidCastException => "a list or a section stands where a value was expected, or the other way round",
            _ => reason.Message,
        };
    }
}
