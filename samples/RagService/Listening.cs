using System.Text.Json;

namespace RagService;

/// <summary>Where the service listens and how it writes JSON.</summary>
internal static class Listening
{
    private const string DefaultAddress = "http://127.0.0.1:5081";

    // A question is a few hundred bytes; this leaves room for an oversized one to be refused with a reason.
    private const long MaxBodyBytes = 64 * 1024;

    public static void AddListening(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
    }
}
