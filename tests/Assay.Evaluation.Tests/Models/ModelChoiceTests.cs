using Assay.Models;

namespace Assay.Evaluation.Tests.Models;

public sealed class ModelChoiceTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["OPENAI_API_KEY"] = "sk-open",
        ["OPENAI_BASE_URL"] = "http://127.0.0.1:8000/v1",
        ["OTHER"] = " other ",
    };

    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Address_and_key_come_from_where_OpenAIs_clients_look()
    {
        var connection = new ModelChoice(Endpoint: null, "m").Connect(Environment);
        connection.Address.ShouldBe(new Uri("http://127.0.0.1:8000/v1"));
        connection.ApiKey.ShouldBe("sk-open");
    }

    [Fact]
    public void What_is_given_counts_more()
    {
        var connection = new ModelChoice("https://api.mistral.ai/v1", "m") { KeyVariable = "OTHER" }.Connect(Environment);
        connection.Address.Host.ShouldBe("api.mistral.ai");
        connection.ApiKey.ShouldBe("other");
        connection.Provider.ShouldBe("mistral_ai");
    }

    [Fact]
    public void OpenAIs_key_goes_to_no_service_that_does_not_take_it() =>
        new ModelChoice("http://127.0.0.1:8080", "m") { UsesOpenAiKey = false }
            .Connect(Environment)
            .ApiKey.ShouldBeNull();

    [Fact]
    public void A_server_of_ones_own_needs_no_key() => new ModelChoice("http://127.0.0.1:8080", "m").Connect(Nothing).ApiKey.ShouldBeNull();

    [Fact]
    public void A_key_that_is_needed_and_missing_is_named()
    {
        var e = Should.Throw<AssayException>(() => new ModelChoice(Endpoint: null, "m").Connect(Nothing));
        e.ExitCode.ShouldBe(ExitCode.WrongUsage);
        e.Message.ShouldContain("OPENAI_API_KEY");
        Should
            .Throw<AssayException>(() => new ModelChoice("http://127.0.0.1:1", "m") { KeyVariable = "NONE" }.Connect(Environment))
            .Message.ShouldContain("NONE");
    }

    [Theory]
    [InlineData("api.openai.com")]
    [InlineData("ftp://api.openai.com")]
    [InlineData("/v1")]
    [InlineData("http://user:sk-1234@127.0.0.1")]
    public void What_is_no_address_is_refused_without_repeating_a_secret(string endpoint)
    {
        var e = Should.Throw<AssayException>(() => new ModelChoice(endpoint, "m").Connect(Environment));
        e.ExitCode.ShouldBe(ExitCode.WrongUsage);
        (e.Message + e.Fix).ShouldNotContain("sk-1234");
    }

    [Fact]
    public void A_connection_prints_no_key()
    {
        var connection = new ModelChoice("http://127.0.0.1:8000/v1", "m").Connect(Environment);
        connection.ToString().ShouldBe("m at http://127.0.0.1:8000/v1");
    }
}
