using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Surface.Layout;

/// <summary>A page in the navigation.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Icon">Its symbol, without <c>n-</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record NavigationItem(string Path, string Icon, Phrase Name);

/// <summary>Pages under one verb.</summary>
/// <param name="Name">The verb; empty for pages above the groups.</param>
/// <param name="Items">The pages.</param>
internal sealed record NavigationGroup(Phrase Name, IReadOnlyList<NavigationItem> Items)
{
    private static readonly IReadOnlyList<NavigationGroup> Planned =
    [
        new(default, [new("/", "overview", new("Overview", "Обзор"))]),
        new(
            new("Observe", "Наблюдение"),
            [
                new("/traces", "traces", new("Traces", "Трассы")),
                new("/slos", "slos", new("SLOs", "SLO")),
                new("/costs", "costs", new("Costs", "Затраты")),
                new("/decisions", "decisions", new("Decisions", "Решения")),
            ]
        ),
        new(new("Evaluate", "Оценка"), [new("/benchmarks", "benchmarks", new("Benchmarks", "Бенчмарки"))]),
        new(
            new("Experiment", "Эксперименты"),
            [new("/flags", "flags", new("Flags", "Флаги")), new("/experiments", "experiments", new("Experiments", "Эксперименты"))]
        ),
        new(new("Release", "Выпуск"), [new("/releases", "releases", new("Releases", "Выпуски"))]),
    ];

    /// <summary>The pages that this hub has: those with a route.</summary>
    public static IReadOnlyList<NavigationGroup> Of(EndpointDataSource routes)
    {
        var paths = routes.Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet();
        return [.. Planned.Select(g => new NavigationGroup(g.Name, [.. g.Items.Where(i => paths.Contains(i.Path))])).Where(g => g.Items.Count > 0)];
    }
}
