namespace Assay.Server.Tests.Costs;

/// <summary>A hub with a catalog of prices that a test may edit.</summary>
internal static class PricedHub
{
    public const string Prices = """
        source: https://example.com/prices
        checked: 2026-02-01
        models:
          - model: fox
            prices:
              - { from: 2026-01-01, input: 1, output: 3 }
          - model: wolf
            prices:
              - { from: 2026-01-01, input: 10, output: 30 }
        """;

    public static Task<RunningHub> StartAsync(string prices = Prices) =>
        RunningHub.StartAsync(
            options =>
            {
                Directory.CreateDirectory(Path.Combine(options.CatalogFolder, "prices"));
                File.WriteAllText(Path.Combine(options.CatalogFolder, "prices", "prices.yaml"), prices);
            },
            Traffic.Evening
        );

    /// <summary>Writes a price file over the one there is, as an editor does.</summary>
    public static void Write(RunningHub hub, string prices) => File.WriteAllText(Path.Combine(hub.Folder, "catalog", "prices", "prices.yaml"), prices);
}
