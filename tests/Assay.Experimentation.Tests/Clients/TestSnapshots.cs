using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Tests.Clients;

/// <summary>Snapshots of one flag and one experiment.</summary>
internal static class TestSnapshots
{
    public const string Flag = "new_ranking";
    public const string Experiment = "reranker_test";

    /// <summary>The flag is on or off for all; half of all units are in each arm.</summary>
    public static Snapshot Of(string version, bool isOn, int experimentVersion = 1) =>
        new(
            FlagSet.Build(
                [
                    new FlagFile
                    {
                        Name = Flag,
                        Enabled = isOn,
                        Default = "on",
                    },
                ],
                []
            ),
            ExperimentSet.Build([File(experimentVersion)]),
            version
        );

    public static byte[] Json(string version, bool isOn, int experimentVersion = 1) => Of(version, isOn, experimentVersion).ToJson().ToArray();

    private static ExperimentFile File(int version) =>
        new()
        {
            Name = Experiment,
            Version = version,
            Variants = [new ArmEntry { Name = "control", Weight = 50 }, new ArmEntry { Name = "treatment", Weight = 50 }],
        };
}
