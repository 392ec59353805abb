import { Effect, Layer } from "effect"
import { Site } from "./http/Site.ts"
import { devicePages } from "./pages/DevicePage.ts"
import { homePage } from "./pages/HomePage.ts"
import { problemPage } from "./pages/ProblemPage.ts"
import { problemsPages } from "./pages/ProblemsPage.ts"
import { resetPasswordPages } from "./pages/ResetPasswordPage.ts"
import { signInPath } from "./pages/SignInPage.ts"
import { siteFiles } from "./pages/SiteFiles.ts"
import { taskPage } from "./pages/TaskPage.ts"
import { verifyEmailPages } from "./pages/VerifyEmailPage.ts"
import { documentation } from "./system/Documentation.ts"

/** All pages of the service, its documentation, and the files that browsers ask for. */
export const SiteLive = Layer.effect(
  Site,
  Effect.map(
    Effect.all([
      homePage,
      taskPage,
      signInPath,
      problemsPages,
      devicePages,
      resetPasswordPages,
      verifyEmailPages,
      documentation
    ]),
    (pages) => Site.of({ paths: [...pages.flat(), ...siteFiles], problemPage })
  )
)
