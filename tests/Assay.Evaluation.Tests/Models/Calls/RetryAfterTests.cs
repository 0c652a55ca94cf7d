using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // Forms: RFC 9110, 10.2.3 (seconds or an HTTP date); retry-after-ms is Azure OpenAI's.
    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "0", 0.0)]
    [InlineData("Retry-After", "Sat, 21 Nov 2026 12:01:30 GMT", 90.0)]
    [InlineData("Retry-After", "Sat, 21 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "-5", null)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("retry-after-ms", "-1", null)]
    [InlineData("X-Other", "7", null)]
    public void All_forms_are_read_and_nonsense_is_nothing(string name, string value, double? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        RetryAfter.Read(response.Headers, Now)?.TotalSeconds.ShouldBe(seconds!.Value);
        RetryAfter.Read(response.Headers, Now).HasValue.ShouldBe(seconds.HasValue);
    }
}
