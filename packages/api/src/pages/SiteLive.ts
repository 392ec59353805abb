import { Effect, Layer } from "effect"
import { Site } from "../http/Site.ts"
import { documentation } from "../system/Documentation.ts"
import { devicePages } from "./DevicePage.ts"
import { homePage } from "./HomePage.ts"
import { problemPage } from "./ProblemPage.ts"
import { problemsPages } from "./ProblemsPage.ts"
import { resetPasswordPages } from "./ResetPasswordPage.ts"
import { signInPath } from "./SignInPage.ts"
import { siteFiles } from "./SiteFiles.ts"
import { verifyEmailPages } from "./VerifyEmailPage.ts"

/** All pages of the service, its documentation, and the files that browsers ask for. */
export const SiteLive = Layer.effect(
  Site,
  Effect.map(
    Effect.all([homePage, signInPath, problemsPages, devicePages, resetPasswordPages, verifyEmailPages, documentation]),
    (pages) => Site.of({ paths: [...pages.flat(), ...siteFiles], problemPage })
  )
)
