using Assay.Observability.Hosting;
using RagService;
using RagService.Asking;
using RagService.Experimenting;
using RagService.Injecting;
using RagService.Rating;
using RagService.Traffic;

// Settings beside the program, wherever it is started from.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddListening();
builder.AddAssayObservability();
builder.AddExperimenting();
builder.AddInjecting();
builder.AddAsking();
builder.AddRating();
builder.AddSampleTraffic();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseSampleTrafficMark();
app.UseUnits();
app.MapGet("/healthz", () => "ok");
app.MapInjecting();
app.MapAsking();
app.MapRating();
app.MapSampleTraffic();
await app.RunAsync();
