using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Assay.Benchmarks.Flags;

/// <summary>Microsoft.FeatureManagement as its documentation registers it, with the same flags from a configuration in memory.</summary>
internal sealed class FeatureManagementPeer
{
    private readonly IVariantFeatureManager manager;

    public FeatureManagementPeer()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings()).Build());
        services.AddFeatureManagement();
        manager = services.BuildServiceProvider().GetRequiredService<IVariantFeatureManager>();
    }

    public static string Version { get; } = typeof(IVariantFeatureManager).Assembly.GetName().Version!.ToString(3);

    public bool IsEnabled(string flag) => Result(manager.IsEnabledAsync(flag));

    public bool IsEnabled(string flag, TargetingContext unit) => Result(manager.IsEnabledAsync(flag, unit));

    // It finishes at once: nothing is awaited in memory.
    private static bool Result(ValueTask<bool> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        const string Flags = "feature_management:feature_flags";
        for (var i = 0; i < FlagsBench.Flags; i++)
        {
            settings[$"{Flags}:{i}:id"] = $"flag-{i}";
            settings[$"{Flags}:{i}:enabled"] = "true";
        }

        var targeted = $"{Flags}:{FlagsBench.Flags}";
        settings[$"{targeted}:id"] = FlagsBench.Targeted;
        settings[$"{targeted}:enabled"] = "true";
        settings[$"{targeted}:conditions:client_filters:0:name"] = "Microsoft.Targeting";
        var audience = $"{targeted}:conditions:client_filters:0:parameters:Audience";
        settings[$"{audience}:Groups:0:Name"] = "staff";
        settings[$"{audience}:Groups:0:RolloutPercentage"] = "100";
        settings[$"{audience}:DefaultRolloutPercentage"] = "20";
        return settings;
    }
}
