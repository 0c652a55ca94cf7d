using Assay.Catalogs;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Tests.Flags;

/// <summary>Flags from YAML as a team writes it.</summary>
internal static class Flagging
{
    public static FlagSet Read(string yaml, params FlagOverride[] overrides) => FlagSet.Build(CatalogFile.Parse<FlagFile>(yaml, "flags.yaml"), overrides);

    public static FlagOverride Override(string flag, long version = 1) =>
        new()
        {
            Flag = flag,
            Actor = "test",
            Reason = "because",
            At = DateTimeOffset.UnixEpoch,
            Version = version,
        };

    public static string Fault(string yaml, params FlagOverride[] overrides)
    {
        var fault = Should.Throw<AssayException>(() => Read(yaml, overrides));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Fix.ShouldNotBeEmpty();
        return fault.Message;
    }
}
