using System.Text;
using Assay.Observability;
using Assay.Observability.Slos.Notifying;

namespace Assay.Tests.Observability.Slos;

public sealed class WebhookSignatureTests
{
    private const string Secret = "sixteen letters!";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_772_409_600);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"status":"firing"}""");

    [Fact]
    public void It_is_the_HMAC_of_time_and_body() =>
        // printf '1772409600.{"status":"firing"}' | openssl dgst -sha256 -hmac 'sixteen letters!'
        WebhookSignature.Sign(Secret, At, Body).ShouldBe("t=1772409600,v1=61584719180a80cfbddf4586f4c16db3a9b5522ba57d6792a9c45c0060fe3ee7");

    [Fact]
    public void A_body_a_secret_or_a_time_that_is_another_is_not_valid()
    {
        var signature = WebhookSignature.Sign(Secret, At, Body);
        var minutes = TimeSpan.FromMinutes(5);
        WebhookSignature.IsValid(Secret, signature, Body, At + minutes, minutes).ShouldBeTrue();
        WebhookSignature.IsValid(Secret, signature, Body, At + minutes + TimeSpan.FromSeconds(1), minutes).ShouldBeFalse();
        WebhookSignature.IsValid(Secret, signature, Body.AsSpan(1), At, minutes).ShouldBeFalse();
        WebhookSignature.IsValid("another secret !", signature, Body, At, minutes).ShouldBeFalse();
        WebhookSignature.IsValid(Secret, signature.Replace("t=1", "t=0"), Body, At, TimeSpan.MaxValue).ShouldBeFalse();
        foreach (var wrong in (string[])["", "t=,v1=", "v1=00", signature + ",v1=00", signature[..^1] + "g", signature[..^2]])
        {
            WebhookSignature.IsValid(Secret, wrong, Body, At, minutes).ShouldBeFalse(wrong);
        }
    }

    [Fact]
    public void The_secret_is_in_no_message()
    {
        var variables = new Dictionary<string, string>
        {
            ["ASSAY__OBSERVABILITY__ALERT_WEBHOOK_SECRET"] = "too-short",
            ["ASSAY__OBSERVABILITY__ALERT_WEBHOOK_URL"] = "no address",
            ["ASSAY__OBSERVABILITY__SLO_AVAILABILITY_TARGET"] = "1",
        };
        var fault = Should.Throw<AssayException>(() => ObservabilityOptions.FromEnvironment(variables));
        fault.Message.ShouldContain("ASSAY__OBSERVABILITY__ALERT_WEBHOOK_SECRET is set but may be 16 to 256 characters.");
        fault.Message.ShouldContain("ALERT_WEBHOOK_URL is 'no address'");
        fault.Message.ShouldContain("SLO_AVAILABILITY_TARGET is '1'");
        fault.Message.ShouldNotContain("too-short");
        new WebhookOptions(new Uri("https://example.org/hook?token=abc"), Secret).ToString().ShouldBe("https://example.org/hook, signed");
    }
}
