using Assay.Stores;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Costs;

/// <summary>Reads <c>service</c>, <c>environment</c> and <c>version</c> of a report's address.</summary>
internal static class AskedFilter
{
    private static readonly IReadOnlyDictionary<string, Dimension> Names = new Dictionary<string, Dimension>
    {
        ["service"] = Dimension.Service,
        ["environment"] = Dimension.Environment,
        ["version"] = Dimension.Version,
    };

    /// <summary>Which values to keep; a parameter that is missing or empty keeps all.</summary>
    public static IReadOnlyDictionary<Dimension, string> Read(IQueryCollection query) =>
        Names.Where(name => query[name.Key].ToString().Length > 0).ToDictionary(name => name.Value, name => query[name.Key].ToString());

    /// <summary>Only one service; null for all.</summary>
    public static IReadOnlyDictionary<Dimension, string> OfService(string? service) =>
        service is null ? new Dictionary<Dimension, string>() : new Dictionary<Dimension, string> { [Dimension.Service] = service };
}
