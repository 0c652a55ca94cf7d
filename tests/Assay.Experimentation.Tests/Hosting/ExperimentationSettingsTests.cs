using Assay.Experimentation.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Experimentation.Tests.Hosting;

public sealed class ExperimentationSettingsTests
{
    [Fact]
    public void Every_setting_is_read_with_and_without_underscores()
    {
        var options = Read(
            ("Hub", "https://hub.example:8443/assay"),
            ("TOKEN", "secret"),
            ("TOKEN_FILE", "/run/token"),
            ("SnapshotPath", ""),
            ("POLL_INTERVAL", "00:01:30"),
            ("EventBuffer", "17"),
            ("REMEMBEREDEXPOSURES", "18")
        );
        options.Hub.ShouldBe(new Uri("https://hub.example:8443/assay"));
        (options.Token, options.TokenFile, options.SnapshotPath).ShouldBe(("secret", "/run/token", ""));
        (options.PollInterval, options.EventBuffer, options.RememberedExposures).ShouldBe((TimeSpan.FromSeconds(90), 17, 18));
    }

    [Fact]
    public void All_faults_are_in_one_message_and_a_secret_is_not()
    {
        var fault = Should.Throw<AssayException>(() =>
            Read(("Hub", "ftp://hub"), ("Token", "line one\nline two"), ("EventBuffer", "0"), ("PollInterval", "2.00:00:00"), ("Hubb", "x"))
        );
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        string[] told =
        [
            "Assay:Experimentation:Hub is 'ftp://hub'",
            "Assay:Experimentation:Token is set",
            "EventBuffer is 0",
            "PollInterval is",
            "Hubb is no setting",
        ];
        told.ShouldAllBe(t => fault.Message.Contains(t));
        fault.Message.ShouldNotContain("line one");
    }

    [Theory]
    [InlineData("http://user:password@hub")]
    [InlineData("hub:5080")]
    [InlineData("")]
    public void An_address_that_is_none_or_holds_a_password_is_refused(string address) => Should.Throw<AssayException>(() => Read(("Hub", address)));

    [Fact]
    public void Adding_it_twice_is_a_mistake() =>
        Should.Throw<AssayException>(() => new ServiceCollection().AddAssayExperimentation().AddAssayExperimentation()).Fix.ShouldNotBeEmpty();

    private static ExperimentationOptions Read(params (string Name, string Value)[] settings) =>
        ExperimentationSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"{ExperimentationOptions.Section}:{s.Name}", s.Value)))
                .Build(),
            configure: null
        );
}
