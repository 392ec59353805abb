import { Api } from "@todo/domain/Api"
import { OpenApi } from "effect/http-api"
process.stdout.write(JSON.stringify(OpenApi.fromApi(Api), null, 2))
