using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Tests.Surface;

/// <summary>A reader of a page without a hub.</summary>
internal static class SampleReader
{
    public static Reader Of(string path = "/", string query = "", string language = "en", DateTimeOffset? oldest = null, DateTimeOffset? now = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query);
        context.Request.Headers.AcceptLanguage = language;
        return new Reader(context, new SteppedTime(now ?? new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero)), oldest);
    }
}
