import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage } from './harness/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

/** A telephone in the browser's hand: makes and shows passkeys without asking anybody. */
async function giveAuthenticator(page: Page): Promise<[CDPSession, string]> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return [devtools, authenticatorId]
}

type Answer = { readonly status: number; readonly code?: string; readonly level?: string }

/** Makes a passkey in the session of this page. */
const makePasskey = (page: Page): Promise<Answer> =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-splot': '1' }
    const knock = (route: string, body: object) =>
      fetch(`/session/${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
    const text = (buffer: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=/g, '')
    const offer = await (await knock('offer-passkey', {})).json()
    const made = (await navigator.credentials.create({
      publicKey: {
        challenge: bytes(offer.challenge),
        rp: { id: offer.rp_id, name: offer.rp_name },
        user: { id: bytes(offer.user_id), name: offer.user_name, displayName: offer.user_display_name },
        pubKeyCredParams: offer.algorithms.map((alg: number) => ({ type: 'public-key', alg })),
        excludeCredentials: offer.exclude.map((id: string) => ({ type: 'public-key', id: bytes(id) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
        timeout: offer.timeout_ms,
      },
    })) as PublicKeyCredential
    const response = made.response as AuthenticatorAttestationResponse
    const added = await knock('add-passkey', {
      client_data: text(response.clientDataJSON),
      authenticator_data: text(response.getAuthenticatorData()),
      name: 'telefon',
    })
    const answer = await added.json()
    return { status: added.status, code: answer.data?.code, level: answer.level }
  })

/** Signs in with it, naming nobody; `purpose` step_up shows it again instead. */
const showPasskey = (page: Page, purpose: 'sign_in' | 'step_up'): Promise<Answer> =>
  page.evaluate(async (wanted) => {
    const headers = { 'content-type': 'application/json', 'x-splot': '1' }
    const knock = (route: string, body: object) =>
      fetch(`/session/${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
    const text = (buffer: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=/g, '')
    const asked = await (await knock('passkey-challenge', { purpose: wanted })).json()
    const shown = (await navigator.credentials.get({
      publicKey: {
        challenge: bytes(asked.challenge),
        rpId: asked.rp_id,
        allowCredentials: asked.allow.map((id: string) => ({ type: 'public-key', id: bytes(id) })),
        userVerification: 'required',
        timeout: asked.timeout_ms,
      },
    })) as PublicKeyCredential
    const response = shown.response as AuthenticatorAssertionResponse
    const passkey = {
      credential: text(shown.rawId),
      client_data: text(response.clientDataJSON),
      authenticator_data: text(response.authenticatorData),
      signature: text(response.signature),
    }
    const answered =
      wanted === 'sign_in'
        ? await knock('passkey', { passkey, device: 'próba' })
        : await knock('step-up', { way: 'passkey', passkey })
    const answer = await answered.json()
    return { status: answered.status, code: answer.data?.code, level: answer.level }
  }, purpose)

test('E01_a_passkey_made_in_a_browser_opens_the_door_without_login_or_password', async () => {
  const nina = await stage.person('nina.gajda')
  await giveAuthenticator(nina)
  expect(await makePasskey(nina)).toMatchObject({ status: 200, level: 'full' })
  expect(await showPasskey(nina, 'step_up')).toMatchObject({ status: 200, level: 'full' })
  await nina.context().clearCookies()

  expect(await showPasskey(nina, 'sign_in')).toMatchObject({ status: 200, level: 'full' })

  await nina.reload()
  await nina.getByRole('button', { name: 'Nina Gajda: ustawienia i wyjście' }).waitFor()
})

test('E01_an_answer_without_a_verified_user_never_leaves_the_browser', async () => {
  const hanna = await stage.person('hanna.bak')
  const [devtools, authenticatorId] = await giveAuthenticator(hanna)
  await makePasskey(hanna)
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await hanna.context().clearCookies()

  await expect(showPasskey(hanna, 'sign_in')).rejects.toThrow('NotAllowedError')
})

test('nothing was thrown, and nothing refused by the policy', () => {
  expect(stage.complained).toEqual([])
})
