using System.Text.Json.Serialization;

namespace Assay.Server.Access;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccessKey))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(SignInUrl))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(TokenList))]
internal sealed partial class AccessJson : JsonSerializerContext;
