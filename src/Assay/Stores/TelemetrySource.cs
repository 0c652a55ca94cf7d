namespace Assay.Stores;

/// <summary>Who sent an event: OpenTelemetry's resource and scope. One instance is shared by the events of a batch.</summary>
/// <param name="Service"><c>service.name</c>; <c>unknown_service</c> when the sender gave none.</param>
/// <param name="Version"><c>service.version</c>, empty when not given.</param>
/// <param name="Environment"><c>deployment.environment.name</c> or the older <c>deployment.environment</c>, empty when not given.</param>
/// <param name="Resource">The resource as an OTLP protobuf message, without its outer tag; opaque to a store.</param>
/// <param name="Scope">The instrumentation scope's name, empty when not given.</param>
public sealed record TelemetrySource(string Service, string Version, string Environment, ReadOnlyMemory<byte> Resource, string Scope);
