using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Access;

namespace Assay.Benchmarks.Flags;

/// <summary>How long a kill takes from its acknowledgement until each of many services that follow the hub evaluates the flag as off.</summary>
internal static class KillSwitch
{
    /// <summary>Services that follow the hub, each with a stream and connections of its own.</summary>
    public const int Services = 100;

    /// <summary>Flags of the hub, one of which is killed.</summary>
    public const int Flags = 100;

    /// <summary>Kills that are measured.</summary>
    public const int Kills = 30;

    private const int WarmUps = 5;
    private const string Killed = "flag-17";

    // Nobody waits longer for one switch to reach all: ten times the goal.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<KillSwitchTimes> MeasureAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            var catalog = Directory.CreateDirectory(Path.Combine(folder, "catalog", "flags")).Parent!.FullName;
            await File.WriteAllTextAsync(Path.Combine(catalog, "flags", "flags.yaml"), FlagFiles());
            using var hub = await HubProcess.StartBuiltAsync(Path.Combine(folder, "data"), catalog);
            using var admin = await ConnectAsync(hub.Pages, Path.Combine(folder, "data"));
            await using var services = await FollowingServices.StartAsync(hub.Pages, Services);
            await services.AllAsync(Killed, isOn: true, Patience);
            var kills = new List<KillTimes>();
            for (var i = 0; i < WarmUps + Kills; i++)
            {
                var times = await KillAsync(admin, services);
                kills.AddRange(i < WarmUps ? [] : (KillTimes[])[times]);
                await SwitchAsync(admin, kill: false);
                await services.AllAsync(Killed, isOn: true, Patience);
            }

            return Told(new KillSwitchTimes(kills), output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Watches begin before the kill is sent: a service may hear of it before whoever sent it.</summary>
    private static async Task<KillTimes> KillAsync(HttpClient admin, FollowingServices services)
    {
        var watching = services.WatchAsync(Killed, Patience);
        var sent = Stopwatch.GetTimestamp();
        await SwitchAsync(admin, kill: true);
        var acknowledged = Stopwatch.GetTimestamp();
        var off = await watching;
        return new KillTimes(
            Stopwatch.GetElapsedTime(sent, acknowledged).TotalMilliseconds,
            [.. off.Select(at => Math.Max(0, Stopwatch.GetElapsedTime(acknowledged, at).TotalMilliseconds))],
            [.. off.Select(at => Stopwatch.GetElapsedTime(sent, at).TotalMilliseconds)]
        );
    }

    private static async Task SwitchAsync(HttpClient admin, bool kill)
    {
        using var content = new StringContent(
            kill ? """{"killed": true, "reason": "measured"}""" : """{"killed": false, "reason": "measured"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await admin.PostAsync(new Uri($"/api/v1/flags/{Killed}", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<HttpClient> ConnectAsync(Uri hub, string dataFolder)
    {
        var token = await File.ReadAllTextAsync(Path.Combine(dataFolder, AdminToken.FileName));
        var admin = new HttpClient { BaseAddress = hub };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        return admin;
    }

    private static KillSwitchTimes Told(KillSwitchTimes times, TextWriter output)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"kill switch to {Services} services, {Kills} times, from its acknowledgement: p50 {times.AfterAcknowledged(0.5):0.0} ms, p99 {times.AfterAcknowledged(0.99):0.0} ms, max {times.AfterAcknowledged(1):0.0} ms; from its sending: max {times.AfterSent(1):0.0} ms; acknowledged after {times.Acknowledged:0.0} ms (median)"
            )
        );
        return times;
    }

    private static string FlagFiles() =>
        string.Join(
            "---\n",
            Enumerable
                .Range(0, Flags)
                .Select(i =>
                    $$"""
                        name: flag-{{i}}
                        description: Whether the answers of the new pipeline are shown
                        owner: team-{{i}}
                        default: "on"
                        rules:
                          - name: staff
                            if: [{ attribute: group, operator: in, values: [staff, beta] }]
                            serve: "on"

                        """
                )
        );
}

/// <summary>One kill.</summary>
/// <param name="Acknowledged">From its sending to its acknowledgement, ms.</param>
/// <param name="AfterAcknowledged">From its acknowledgement to off, ms, for each service; 0 for one that was off before.</param>
/// <param name="AfterSent">From its sending to off, ms, for each service.</param>
internal sealed record KillTimes(double Acknowledged, IReadOnlyList<double> AfterAcknowledged, IReadOnlyList<double> AfterSent);

/// <summary>All kills.</summary>
internal sealed class KillSwitchTimes(IReadOnlyList<KillTimes> kills)
{
    /// <summary>From sending to acknowledgement, median, ms.</summary>
    public double Acknowledged { get; } = At([.. kills.Select(k => k.Acknowledged)], 0.5);

    /// <summary>A quantile over all kills and services, ms: the smallest value that this share of them does not exceed.</summary>
    public double AfterAcknowledged(double share) => At([.. kills.SelectMany(k => k.AfterAcknowledged)], share);

    /// <inheritdoc cref="AfterAcknowledged"/>
    public double AfterSent(double share) => At([.. kills.SelectMany(k => k.AfterSent)], share);

    private static double At(double[] values, double share)
    {
        Array.Sort(values);
        return values[Math.Max(0, (int)Math.Ceiling(share * values.Length) - 1)];
    }
}
