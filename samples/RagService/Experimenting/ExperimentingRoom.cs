using Assay.Experimentation.Hosting;
using Assay.Prices;

namespace RagService.Experimenting;

/// <summary>Flags and the experiment of this service.</summary>
internal static class ExperimentingRoom
{
    /// <summary>The header that says who asks. A service on the internet takes a claim of the signed-in user instead: <c>UnitOf.Claim("sub")</c>.</summary>
    public const string UserHeader = "X-User";

    public static void AddExperimenting(this WebApplicationBuilder builder)
    {
        builder.AddAssayExperimentation();
        // Example rates for models that nobody bills; see the file.
        builder.Services.AddSingleton(PriceTable.Load(Path.Combine(AppContext.BaseDirectory, "prices")));
        builder.Services.AddSingleton<RerankerTest>();
        builder.AddFinishedExperiments();
    }

    public static void UseUnits(this WebApplication app) => app.UseAssayUnits(UnitOf.Header(UserHeader));
}
